import { Icon, type IconName } from "./icon";

interface MenuItemProps {
  icon?: IconName;
  text: string;
  choose: () => void;
  isDisabled?: boolean;
}

/** One line of a menu, which closes it. */
export function MenuItem({ icon, text, choose, isDisabled = false }: MenuItemProps) {
  return (
    <button type="button" class="menu-item" data-closes disabled={isDisabled} onClick={choose}>
      {icon && <Icon name={icon} />} {text}
    </button>
  );
}
