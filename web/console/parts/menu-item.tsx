import { Icon, type IconName } from "./icon";

interface MenuItemProps {
  icon?: IconName;
  text: string;
  choose: () => void;
}

/** One line of a menu, which closes it. */
export function MenuItem({ icon, text, choose }: MenuItemProps) {
  return (
    <button type="button" class="menu-item" data-closes onClick={choose}>
      {icon && <Icon name={icon} />} {text}
    </button>
  );
}
