import { expect } from 'chai';
import { join } from 'node:path';
import { runCommand } from '../../../src/process/run-command.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';
import { testHost } from '../../helpers/test-host.js';

describe('a service that outlives its program', () => {
  const folder = temporaryFolder();

  it('can be stopped by it, although nothing else keeps the program alive', async () => {
    const module = new URL('../../../src/process/service.js', import.meta.url).href;
    const program = `
      const { startService } = await import(${JSON.stringify(module)});
      const command = { file: ${JSON.stringify(process.execPath)}, args: ['-e', 'process.on("SIGTERM", () => setTimeout(process.exit, 300)); setInterval(() => 0, 1000); console.log(1)'], env: {} };
      const service = await startService(command, { logFile: ${JSON.stringify(join(folder, 'log'))}, outlive: true });
      while ((await service.logTail(1)).length === 0) await new Promise(setImmediate);
      await service.stop();
      console.log('stopped');
    `;
    const command = {
      file: process.execPath,
      args: ['--input-type=module', '-e', program],
      env: {},
    };
    const { exitCode, stdout } = await runCommand(command, { signal: testHost().host.signal });
    expect({ exitCode, stdout: stdout.trim() }).to.deep.equal({ exitCode: 0, stdout: 'stopped' });
  });
});
