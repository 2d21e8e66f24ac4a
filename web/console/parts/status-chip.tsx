/** Shows a ticket's status; a status of the customer's own making has the plain colour. */
export function StatusChip({ status }: { status: string }) {
  return <span class={`chip status-${status.toLowerCase().replace(/[^a-z]/g, "")}`}>{status}</span>;
}
