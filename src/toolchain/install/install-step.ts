import { HarnessError, messageOf } from '../../model/harness-error.js';
import type { Host } from '../../model/host.js';
import type { Command } from '../../process/command.js';
import { runCommand } from '../../process/run-command.js';

/** How often a long step reports that it is still running. */
const lifeSignMs = 10_000;

interface StepOptions {
  readonly host: Host;
  readonly command: Omit<Command, 'env'>;
  /** "Installing pyspark==4.0.0", for people. */
  readonly what: string;
  /** Called every ten seconds with the tool's last line; omitted for quick steps. */
  readonly onStep?: (text: string) => void;
}

/** Runs one command of an installation. Throws INSTALL_FAILED or DISK_FULL with the end of its output. */
export async function installStep({ host, command, what, onStep }: StepOptions): Promise<string> {
  const startedAt = performance.now();
  let last = '';
  const timer = setInterval(() => {
    onStep?.(`  ${((performance.now() - startedAt) / 1_000).toFixed(0)}s: ${last}`);
  }, lifeSignMs);
  try {
    const result = await runCommand(
      { ...command, env: host.env },
      { signal: host.signal, onLine: (line) => (last = line.trim().slice(0, 120) || last) },
    );
    if (result.exitCode === 0) return result.stdout;
    throw failed({ command, what, ...result });
  } finally {
    clearInterval(timer);
  }
}

function failed(parts: {
  readonly command: Omit<Command, 'env'>;
  readonly what: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly startError: string | null;
}): HarnessError {
  const { command, what, stdout, stderr, startError } = parts;
  const words = `${stdout}\n${stderr}`.trim().split('\n');
  const last =
    words.filter((line) => /error|fail|no space/i.test(line)).at(-1) ?? words.at(-1) ?? '';
  const [code, hint] = adviceFor(`${stdout}${stderr}`);
  return new HarnessError({
    code,
    message: `${what} failed: ${startError ?? last.trim()} (command: ${command.file} ${command.args.slice(0, 4).join(' ')} ...)`,
    hint,
    cause: messageOf(words.join('\n')),
  });
}

function adviceFor(words: string): ['DISK_FULL' | 'INSTALL_FAILED', string] {
  if (/no space left|ENOSPC/i.test(words)) {
    return ['DISK_FULL', 'Free some space, or put the cache elsewhere with STREAMTUNE_CACHE.'];
  }
  if (/PKIX path building failed/.test(words)) {
    return [
      'INSTALL_FAILED',
      'Java does not trust the certificate of the server, as behind a proxy of a company. Name a trust store that does: JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=FILE',
    ];
  }
  if (networkWords.test(words)) {
    return [
      'INSTALL_FAILED',
      'Check the network connection and try again; what is complete is not installed twice.',
    ];
  }
  return [
    'INSTALL_FAILED',
    'See the message, then try again with `streamtune setup`; `streamtune doctor` checks what it needs.',
  ];
}

/** What pip and Ivy say when they cannot reach a server. */
const networkWords =
  /connection|connect to|network|timed out|timeout|name resolution|unknown ?host|getaddrinfo|max retries|proxy/i;
