import { HarnessError } from '../model/harness-error.js';

/** The PORT_IN_USE error of a page. */
export function portTaken(port: number, cause?: unknown): HarnessError {
  const isKept = (cause as NodeJS.ErrnoException | undefined)?.code === 'EACCES';
  const place = `Port ${String(port)} of 127.0.0.1`;
  return new HarnessError({
    code: 'PORT_IN_USE',
    message: isKept
      ? `${place} may not be used: the system keeps it for itself.`
      : `${place} is in use, perhaps by the page of another run.`,
    hint: 'Choose another port, or leave it out for a free one.',
    cause,
  });
}
