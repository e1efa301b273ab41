import { shellWord } from '../../model/shell-word.js';
import type { GivenBroker } from './broker-option.js';
import { tell, type CommandContext } from '../command-context.js';

const defaultServers = 'localhost:9092';

/** Says on standard error what is usually done next, as a line to paste; for another broker, with its address and login. */
export function tellNext(
  context: CommandContext,
  { bootstrapServers, commandConfig }: GivenBroker,
  command: string,
): void {
  const atPort = bootstrapServers.replace(/^127\.0\.0\.1:/, 'localhost:');
  const at = atPort === defaultServers ? '' : ` --bootstrap-servers ${bootstrapServers}`;
  const login = commandConfig === undefined ? '' : ` --command-config ${shellWord(commandConfig)}`;
  tell(context, `Next: streamtune ${command}${at}${login}`);
}
