import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";

/** Says that nothing is here, or why, and what can be done about it. */
export function Empty({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      {children}
    </div>
  );
}
