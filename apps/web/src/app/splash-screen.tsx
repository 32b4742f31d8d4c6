import { Center, Loader } from '@mantine/core';

/** While the first answer is on its way. */
export function SplashScreen() {
  return (
    <Center mih="60vh">
      <Loader aria-label="Loading" />
    </Center>
  );
}
