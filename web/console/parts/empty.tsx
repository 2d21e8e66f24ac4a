import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./icon";

/** Says that nothing is here, or why. */
export function Empty({ icon, children }: { icon: IconName; children: ComponentChildren }) {
  return (
    <div class="empty">
      <Icon name={icon} />
      <p>{children}</p>
    </div>
  );
}
