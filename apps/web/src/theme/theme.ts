import {
  Alert,
  Button,
  Card,
  createTheme,
  type CSSVariablesResolver,
  Drawer,
  Modal,
  Notification,
  Paper,
  PasswordInput,
  SegmentedControl,
  Select,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';
import { FONT, HEADINGS, IRIS, NIGHT, SLATE, SPACE, TYPE } from './tokens.js';

/** The component library's theme, made of the tokens. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 6 },
  colors: { iris: IRIS, gray: SLATE, dark: NIGHT },
  fontFamily: FONT,
  fontSizes: TYPE,
  spacing: SPACE,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: true,
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: HEADINGS.h1, lineHeight: '1.3' },
      h2: { fontSize: HEADINGS.h2, lineHeight: '1.35' },
      h3: { fontSize: HEADINGS.h3, lineHeight: '1.4' },
      h4: { fontSize: HEADINGS.h4, lineHeight: '1.45' },
    },
  },
  components: {
    Button: Button.extend({ defaultProps: { fw: 550 } }),
    Card: Card.extend({ defaultProps: { withBorder: true, padding: 'lg', radius: 'lg' } }),
    Paper: Paper.extend({ defaultProps: { radius: 'lg' } }),
    Alert: Alert.extend({ defaultProps: { radius: 'md', variant: 'light' } }),
    Drawer: Drawer.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } }),
    Notification: Notification.extend({ defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' } } }),
    Modal: Modal.extend({
      defaultProps: {
        closeButtonProps: { 'aria-label': 'Close' },
        radius: 'lg',
        centered: true,
        overlayProps: { backgroundOpacity: 0.5 },
      },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { withArrow: true, openDelay: 300 } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { radius: 'md' } }),
    Select: Select.extend({ defaultProps: { allowDeselect: false, checkIconPosition: 'right' } }),
    TextInput: TextInput.extend({ defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] } }),
    PasswordInput: PasswordInput.extend({
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
    }),
    Textarea: Textarea.extend({ defaultProps: { autosize: true } }),
  },
});

/** What the tokens mean in each scheme; every pair of ink and ground has a contrast of at least 4.5. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': SLATE[0],
    '--mantine-color-text': SLATE[9],
    '--mantine-color-dimmed': SLATE[6],
    '--mantine-color-placeholder': '#6b7383',
    '--mantine-color-error': '#c92a2a',
    '--clickpost-surface': '#ffffff',
    '--clickpost-line': SLATE[2],
    '--clickpost-hover': SLATE[1],
    '--clickpost-link': IRIS[7],
  },
  dark: {
    '--mantine-color-body': NIGHT[7],
    '--mantine-color-dimmed': NIGHT[2],
    '--mantine-color-placeholder': NIGHT[3],
    '--mantine-color-error': '#ff8787',
    '--mantine-color-iris-light': 'rgba(129, 134, 244, 0.16)',
    '--mantine-color-iris-light-hover': 'rgba(129, 134, 244, 0.22)',
    '--mantine-color-iris-light-color': IRIS[2],
    '--clickpost-surface': '#1a1e27',
    '--clickpost-line': NIGHT[5],
    '--clickpost-hover': NIGHT[6],
    '--clickpost-link': IRIS[3],
  },
});
