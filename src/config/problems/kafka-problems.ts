import type { SaslMechanism, SecurityProtocol } from '../../model/kafka-endpoint.js';
import { referencesIn } from '../../model/secret.js';
import type { JobFile } from '../job/job-problems.js';
import type { Problem } from './schema-problems.js';

/** `kafka` of an experiment file that has passed its schema. */
export interface KafkaFile {
  readonly bootstrapServers: string;
  readonly security?: {
    readonly protocol: SecurityProtocol;
    readonly mechanism?: SaslMechanism;
    readonly username?: string;
    readonly password?: string;
    readonly ca?: string;
    readonly certificate?: string;
    readonly key?: string;
  };
}

type Security = NonNullable<KafkaFile['security']>;

const login = ['mechanism', 'username', 'password'] as const;
const files = ['ca', 'certificate', 'key'] as const;

/** Finds settings that the protocol needs or does not know, a password in clear text, and a job that knows nothing of them. */
export function kafkaProblems({
  kafka,
  job = {},
}: {
  readonly kafka?: KafkaFile;
  readonly job?: JobFile;
}): Problem[] {
  const { security } = kafka ?? {};
  if (security === undefined) return [];
  const { protocol } = security;
  const missing = protocol.startsWith('SASL') ? login.filter((key) => !(key in security)) : [];
  const known: readonly string[] = [
    'protocol',
    ...(protocol.startsWith('SASL') ? login : []),
    ...(protocol.endsWith('SSL') ? files : []),
  ];
  return [
    ...missing.map((key) => problem(key, `${protocol} needs kafka.security.${key}`, 'missing')),
    ...Object.keys(security)
      .filter((key) => !known.includes(key))
      .map((key) => problem(key, `${protocol} has no use for ${key}`)),
    ...passwordProblems(security),
    ...keyProblems(security),
    ...(protocol === 'PLAINTEXT' || isTold(job) ? [] : [deaf]),
  ];
}

/** Whether the job is logged in by streamtune, or is handed what it takes to log in by itself. */
function isTold({ jar, script, override, args = [], env = {} }: JobFile): boolean {
  if (jar === undefined && (script === undefined || (override ?? ['source']).includes('source')))
    return true;
  return [...args, ...Object.values(env)].some((text) =>
    String(text).includes('${kafka.security.'),
  );
}

const deaf: Problem = {
  path: ['kafka', 'security'],
  atKey: true,
  message:
    'the job logs in by itself, and is not told how: hand over ${kafka.security.protocol} in job.args or job.env; it finds a password of ${env:NAME} in that variable',
};

function passwordProblems({ username, password }: Security): Problem[] {
  const quoted = [username, password].some((text) => /["\\\n]/.test(text ?? ''));
  return [
    ...(password === undefined || referencesIn(password).length > 0
      ? []
      : [
          problem(
            'password',
            'kafka.security.password is a password; write ${env:NAME} or ${file:PATH} in its place, and keep the value out of this file',
          ),
        ]),
    ...(quoted
      ? [problem('username', 'username and password take no quote, backslash or line break')]
      : []),
  ];
}

function keyProblems({ certificate, key }: Security): Problem[] {
  if ((certificate === undefined) === (key === undefined)) return [];
  const [there, other] = key === undefined ? ['certificate', 'key'] : ['key', 'certificate'];
  return [problem(there, `a client's ${there} is of no use without its ${other}`)];
}

function problem(key: string, message: string, where?: 'missing'): Problem {
  return where === 'missing'
    ? { path: ['kafka', 'security'], atKey: true, message }
    : { path: ['kafka', 'security', key], atKey: true, message };
}
