/** Shows a ticket's status; a status of the customer's own making has the plain colour. */
export function StatusChip({ status }: { status: string }) {
  const kind = status.toLowerCase().replace(/[^a-z]/g, "");
  return (
    <span class={`chip status-${kind}`} title={status}>
      {status}
    </span>
  );
}
