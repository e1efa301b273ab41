import { referencesOf, type SecretHolders } from '../../model/trial/secret-holders.js';
import type { Command } from '../../process/command.js';
import type { Secrets } from '../../process/secrets.js';

/** The command with the passwords of its trial in its environment; they are recorded nowhere. */
export function withSecrets(command: Command, secrets: Secrets, holders: SecretHolders): Command {
  return { ...command, env: { ...secrets.envFor(referencesOf(holders)), ...command.env } };
}
