import { type Authorization, type ChannelInfo, type JsonObject } from '#platforms/core';
import { type PlatformAccess } from './platform-access.js';

/** A finished sign-in that nobody has said yes to yet. */
export interface SignIn {
  authorization: Authorization;
  channels: readonly ChannelInfo[];
}

/** Encrypts it under its connection's purpose. */
export function sealSignIn(
  access: PlatformAccess,
  connectionId: string,
  { authorization, channels }: SignIn,
): Promise<string> {
  const plain = { authorization, channels } as unknown as JsonObject;
  return access.encryptConnection(connectionId, plain);
}

/** @throws VaultError when it cannot be read */
export async function openSignIn(access: PlatformAccess, connectionId: string, sealed: string): Promise<SignIn> {
  const { authorization, channels } = (await access.decryptConnection(connectionId, sealed)) as unknown as Stored;
  const { expiresAt, ...rest } = authorization;
  return {
    authorization: { ...rest, ...(expiresAt !== undefined && { expiresAt: new Date(expiresAt) }) },
    channels,
  };
}

/** As JSON keeps it. */
interface Stored {
  authorization: Omit<Authorization, 'expiresAt'> & { expiresAt?: string };
  channels: ChannelInfo[];
}
