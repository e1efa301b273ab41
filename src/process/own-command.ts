import type { Command } from './command.js';
import { projectPath } from './project-paths.js';

/** Another process of this program, by the same Node. */
export function ownCommand(args: readonly string[], env: Command['env']): Command {
  return { file: process.execPath, args: [projectPath('bin/streamtune.js'), ...args], env };
}
