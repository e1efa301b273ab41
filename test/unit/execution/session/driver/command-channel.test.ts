import { expect } from 'chai';
import { once } from 'node:events';
import { connect } from 'node:net';
import { openCommandChannel } from '../../../../../src/execution/session/driver/command-channel.js';

describe('the channel to a driver', () => {
  it('takes a driver that goes with a command unread for one that has gone', async () => {
    for (let round = 0; round < 20; round += 1) {
      await using channel = await openCommandChannel();
      const driver = connect(channel.path).pause();
      await once(driver, 'connect');
      driver.write('{"figures":1}\n');
      expect(await channel.next()).to.deep.equal({ figures: 1 });
      const gone = channel.next();
      channel.send({ job: 'a.py' });
      await new Promise(setImmediate);
      driver.destroy(); // what it has not read makes this a reset
      expect(await gone).to.equal(undefined);
    }
  });
});
