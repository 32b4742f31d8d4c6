import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from '../api/query-client.js';
import { cssVariables, theme } from '../theme/theme.js';
import { watchSession } from './session.js';
import { router } from './router.js';

watchSession(queryClient, () => void router.invalidate());

/** The nonce of this page: the content security policy lets only styles with it be added. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// What Mantine adds to lock the scrolling behind a dialog asks here for its nonce:
// https://github.com/theKashey/get-nonce
Object.assign(globalThis, { __webpack_nonce__: nonce });

/** The whole web application. */
export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queryClient}>
        <ModalsProvider>
          <Notifications position="bottom-right" containerWidth={380} />
          <RouterProvider router={router} />
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
