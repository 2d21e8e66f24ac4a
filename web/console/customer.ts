import type { Channel, Rep, Topic } from "../api/types";
import { api, body } from "./api";
import { sendUntilAnswered } from "./connection";
import { isFaultOfTheApi } from "./refusal";
import { Store } from "./store";

/** What the console needs to know of the customer: read once, after signing in. */
export interface Customer {
  channels: readonly Channel[];
  topics: readonly Topic[];
  assignable: readonly Rep[];
}

export const customer = new Store<Customer>({ channels: [], topics: [], assignable: [] });

export async function readCustomer(): Promise<void> {
  const [channels, topics, assignable] = await Promise.all([
    everyPage((query) => body(api.GET("/api/Channels", { params: { query } }))),
    everyPage((query) => body(api.GET("/api/Topics", { params: { query } }))),
    everyPage((query) => body(api.GET("/api/CustomerReps/assignable", { params: { query } }))),
  ]);
  customer.set({ channels, topics, assignable });
}

interface Page<T> {
  items: T[];
  totalPages: number;
}

/** Return the items of all pages. */
async function everyPage<T>(
  read: (query: { pageNumber: number; pageSize: number }) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = [];
  for (let pageNumber = 1, last = 1; pageNumber <= last; pageNumber++) {
    const page = await sendUntilAnswered(() => read({ pageNumber, pageSize: 100 }), isFaultOfTheApi);
    all.push(...page.items);
    last = page.totalPages;
  }
  return all;
}
