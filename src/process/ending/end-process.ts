import { setTimeout as sleep } from 'node:timers/promises';

const settleMs = 500;

/**
 * Ends this process, within a second whatever it does. `process.exit` alone would wait for a thread that is stuck in a
 * call to the file system, such as opening a pipe that nobody writes; such a process is killed after its exit handlers.
 */
export async function endProcess(code: number): Promise<never> {
  const deadline = performance.now() + settleMs;
  while (isInFileSystem() && performance.now() < deadline) await sleep(20);
  if (isInFileSystem()) {
    process.emit('exit', code);
    process.kill(process.pid, 'SIGKILL');
  }
  process.exit(code);
}

function isInFileSystem(): boolean {
  return process.getActiveResourcesInfo().some((name) => name.startsWith('FSReq'));
}
