import { tell, type CommandContext } from '../command-context.js';

const defaultServers = 'localhost:9092';

/** Says on standard error what is usually done next, as a line to paste; for another broker, with its address. */
export function tellNext(context: CommandContext, bootstrapServers: string, command: string): void {
  const atPort = bootstrapServers.replace(/^127\.0\.0\.1:/, 'localhost:');
  const at = atPort === defaultServers ? '' : ` --bootstrap-servers ${bootstrapServers}`;
  tell(context, `Next: streamtune ${command}${at}`);
}
