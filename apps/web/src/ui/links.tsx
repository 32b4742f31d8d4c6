import {
  ActionIcon,
  type ActionIconProps,
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  Menu,
  type MenuItemProps,
} from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type Ref } from 'react';

type Native<P> = P & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & { ref?: Ref<HTMLAnchorElement> };

/** A link to a screen, typed by the router. */
export const TextLink = createLink(({ ref, ...props }: Native<AnchorProps>) => <Anchor ref={ref} {...props} />);

/** A link to a screen that looks like a button. */
export const LinkButton = createLink(({ ref, ...props }: Native<ButtonProps>) => (
  <Button component="a" ref={ref} {...props} />
));

/** A link to a screen that is an icon; give it an `aria-label`. */
export const LinkIcon = createLink(({ ref, ...props }: Native<ActionIconProps>) => (
  <ActionIcon component="a" ref={ref} {...props} />
));

/** A link to a screen in a menu. */
export const MenuLink = createLink(({ ref, ...props }: Native<MenuItemProps>) => (
  <Menu.Item component="a" ref={ref} {...props} />
));
