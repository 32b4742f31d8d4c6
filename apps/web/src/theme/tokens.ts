import { type MantineColorsTuple } from '@mantine/core';

/** Colour, type and space of the whole web, in one place. `theme.ts` hands them to the component library. */

/** The product's own colour, light to dark. */
export const IRIS: MantineColorsTuple = [
  '#eef0ff',
  '#dfe2fe',
  '#c0c5fb',
  '#9ea4f7',
  '#8186f4',
  '#6d6cf1',
  '#4f46e5',
  '#4338ca',
  '#3730a3',
  '#2b2778',
];

/** Cool greys of the light scheme. */
export const SLATE: MantineColorsTuple = [
  '#f7f8fa',
  '#eff1f4',
  '#e4e7ec',
  '#d3d8e0',
  '#b3bac6',
  '#8b93a3',
  '#5f6878',
  '#474f5e',
  '#303744',
  '#1a1f2a',
];

/** The dark scheme: text, quiet text, ..., surfaces, page (in the order that the component library expects). */
export const NIGHT: MantineColorsTuple = [
  '#e8eaf0',
  '#c9ceda',
  '#a3abba',
  '#8b94a5',
  '#3c4352',
  '#2c323f',
  '#1f242e',
  '#14171e',
  '#0f1218',
  '#0a0c10',
];

/** Sizes of type in rem. */
export const TYPE = { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' } as const;
export const HEADINGS = { h1: '1.5rem', h2: '1.25rem', h3: '1.0625rem', h4: '1rem' } as const;

/** Distances in rem, multiples of four pixels. */
export const SPACE = { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.5rem' } as const;

/** Below it there is one column and the navigation lies at the bottom. */
export const NARROW_PX = 768;

export const FONT =
  "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Color Emoji', sans-serif";
