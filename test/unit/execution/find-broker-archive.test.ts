import { expect } from 'chai';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrokerArchive } from '../../../src/execution/find-broker-archive.js';
import {
  brokerArchivePlace,
  checkpointPlace,
  type KeptPlace,
} from '../../../src/toolchain/archive/archive-place.js';
import { storeArchive } from '../../../src/toolchain/archive/stored-archive.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const toolchain = {
  java: {
    ...{ home: '/jdk', executable: '/jdk/bin/java', version: '17.0.15', major: 17 },
    source: 'PATH',
  },
  kafka: { version: '4.4.0', classPath: ['/kafka/*'] },
} as const;

describe('findBrokerArchive', () => {
  const root = temporaryFolder();
  let cache: string;
  let places: readonly KeptPlace[];
  const find = async () =>
    await findBrokerArchive(toolchain, { env: { STREAMTUNE_CACHE: cache }, cwd: root });
  let at = 0;
  beforeEach(async () => {
    at += 1;
    cache = join(root, String(at));
    places = [brokerArchivePlace(cache, toolchain), checkpointPlace(cache, toolchain)];
    for (const place of places) {
      mkdirSync(place.folder, { recursive: true });
      const made = join(place.folder, 'made');
      writeFileSync(made, 'as it was made');
      await storeArchive(place, made);
    }
  });

  it('tells where the classes and the metadata are', async () => {
    const [classes, checkpoint] = places;
    const found = await find();
    expect(found?.checkpoint).to.equal(checkpoint?.file);
    expect(found?.javaOptions.join()).to.contain(classes?.file);
  });

  it('takes no part that was cut off, which Java would map without a look', async () => {
    for (const { file } of places) {
      truncateSync(file, 5);
      expect(await find(), file).to.equal(undefined);
      writeFileSync(file, 'as it was made');
      expect(await find(), file).not.to.equal(undefined);
    }
  });
});
