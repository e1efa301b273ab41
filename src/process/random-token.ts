import { randomBytes } from 'node:crypto';

/** A new secret that nobody can guess: 192 random bits, in characters that an address may hold. */
export function randomToken(): string {
  return randomBytes(24).toString('base64url');
}
