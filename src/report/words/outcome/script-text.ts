import type { InvalidCause } from '../../../model/trial/outcome.js';

/** What a job's own code does that leaves nothing to measure, or too much. */
export function scriptText(
  cause: Extract<
    InvalidCause,
    {
      kind:
        | 'no-query'
        | 'query-elsewhere'
        | 'ended-early'
        | 'other-topic'
        | 'several-queries'
        | 'query-unknown';
    }
  >,
): string {
  switch (cause.kind) {
    case 'no-query':
      return `the job ended without starting a streaming query${cause.caught === undefined ? '' : `; it caught ${cause.caught}`}`;
    case 'query-elsewhere':
      return `the script started no streaming query itself, but another process (${cause.child}), which cannot be observed; give that program as the script`;
    case 'ended-early':
      return 'the script ended while its query was running, before a batch was done; it has to wait, for example with query.awaitTermination()';
    case 'other-topic':
      return topicText(cause);
    case 'several-queries':
      return `the job started several queries (${cause.names.join(', ')}); name the one to measure in job.query`;
    case 'query-unknown':
      return `the job started no query named ${cause.wanted}, only ${cause.names.join(', ')}; correct job.query`;
  }
}

function topicText({ topic, read }: Extract<InvalidCause, { kind: 'other-topic' }>): string {
  const [first = ''] = read;
  const own = read.length === 1 ? `, or read that one as it is with data: { topic: ${first} }` : '';
  return `the job read ${read.join(', ')}, not the topic with the trial's records (${topic}): hand its topic over as \${kafka.topic} in job.args or job.env, in a script also by leaving source in job.override${own}`;
}
