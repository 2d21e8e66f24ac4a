/** Lines of a 20 × 20 drawing, drawn in the colour of the text around it. */
const PATHS = {
  mine: "M10 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 16.500c.6-3 3-4.500 6-4.500s5.400 1.500 6 4.500",
  unassigned:
    "M9 9.500a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM3 16.500c.6-3 3-4.500 6-4.500M13 14.500h4.500M15.200 12.200v4.500",
  open: "M3 11.500 5 4.500h10l2 7v4.500H3zM3 11.500h4l1 2h4l1-2h4",
  followup: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4l2.700 1.700",
  spam: "M7 3h6l4 4v6l-4 4H7l-4-4V7zM10 6.500v4.200M10 13.400v.1",
  closed: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM6.800 10.200l2.200 2.200 4.200-4.600",
  dashboard: "M3.500 16.500V9.500M8 16.500v-13M12.300 16.500V7M16.500 16.500v-5",
  search: "M9 14.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM13 13l3.800 3.800",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4.500 6.500 10l5.500 5.500",
  important: "M10 3.500l2 4.200 4.500.6-3.300 3.200.8 4.500-4-2.200-4 2.200.8-4.500L3.500 8.300 8 7.700z",
  escalated: "M10 16.500v-12M5 9.200l5-5 5 5",
  recording: "M5.500 8v4M8.500 4.500v11M11.500 6.500v7M14.500 8.500v3",
  play: "M6.500 4.300v11.400l9-5.700z",
  pause: "M7 4.500v11M13 4.500v11",
  filter: "M3.500 5.500h13M6 10h8M8.500 14.500h3",
  keyboard:
    "M2.500 5.500h15v9h-15zM5.500 8.300h.1M8.500 8.300h.1M11.500 8.300h.1M14.500 8.300h.1M6.500 11.700h7",
  leave: "M8 3.500H4v13h4M8.500 10h8M13.500 7l3 3-3 3",
  send: "M3.500 10 16.500 3.500 13 16.500l-3-5.500z",
  topic: "M3.500 10.500v-7h7l6.500 6.500-7 7zM7 7h.1",
  about: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.200v4.500M10 6.400v.1",
  edit: "M4 16l.8-3.500L13 4.300l2.700 2.700-8.200 8.200z",
  Email: "M3 5h14v10H3zM3 5.500l7 5.500 7-5.500",
  Chat: "M3.500 4.500h13v9h-7l-3.500 3v-3H3.500z",
  Phone:
    "M5 3.500h3l1 3.500-1.800 1.300a9 9 0 0 0 4.500 4.500L13 11l3.500 1v3c0 .8-.7 1.500-1.500 1.500C8.600 16.500 3.500 11.400 3.500 5c0-.8.7-1.500 1.500-1.500z",
  WhatsApp: "M3.500 16.500l1-3.500a6.500 6.500 0 1 1 2.500 2.500zM7.500 8c.4 2.200 2 3.800 4.500 4.500",
  Teams:
    "M3.500 6h8v8h-8zM5.700 8.200h3.600M7.500 8.200v4M11.500 8h5v4.500a3 3 0 0 1-4.500 2.600M14 5.700a1.600 1.600 0 1 0 0-3.200",
  channel: "M4 10h12M10 4v12",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

export function ChannelIcon({ type }: { type: string }) {
  return <Icon name={type in PATHS ? (type as IconName) : "channel"} />;
}
