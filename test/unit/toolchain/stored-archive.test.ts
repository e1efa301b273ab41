import { expect } from 'chai';
import { mkdirSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  archivePlace,
  brokerArchivePlace,
  checkpointPlace,
  type KeptPlace,
} from '../../../src/toolchain/archive/archive-place.js';
import { inspectArchive, storeArchive } from '../../../src/toolchain/archive/stored-archive.js';
import { temporaryFolder } from '../../helpers/temporary-folder.js';

const toolchain = (
  { home: javaHome = '/jdk', ...java }: { version: string; major: number; home?: string },
  home = '/spark',
) => ({
  java: { home: javaHome, executable: '/jdk/bin/java', source: 'PATH' as const, ...java },
  spark: {
    ...{ home, version: '4.2.0', scala: '2.13', source: 'PyPI' as const },
    connectorJars: ['/a.jar'],
  },
});
const java17 = { version: '17.0.15', major: 17 };

describe('the place of a class archive', () => {
  it('changes with the build of Java, and keeps to its Spark and Java line', () => {
    const [old, update] = ['17.0.15', '17.0.16'].map((version) =>
      archivePlace('/cache', toolchain({ ...java17, version })),
    );
    expect(old?.file).not.to.equal(update?.file);
    expect(old?.family).to.equal('spark-4.2.0-java17-');
    expect(update?.family).to.equal(old?.family);
  });

  it('is a CDS archive before Java 25, and an AOT cache from then on', () => {
    const cds = archivePlace('/cache', toolchain(java17));
    const aot = archivePlace('/cache', toolchain({ version: '25.0.1', major: 25 }));
    expect(cds.use.javaOptions).to.deep.equal([
      `-XX:SharedArchiveFile=${cds.file}`,
      '-Xshare:auto',
    ]);
    expect(cds.make('/new').javaOptions).to.deep.equal(['-XX:ArchiveClassesAtExit=/new']);
    expect(aot.use.javaOptions).to.deep.equal([`-XX:AOTCache=${aot.file}`]);
    expect(aot.make('/new').javaOptions).to.deep.equal(['-XX:AOTCacheOutput=/new']);
  });
});

describe('the places of what a broker leaves', () => {
  const kafka = { version: '4.4.0', classPath: ['/kafka/*'] };

  it('change with the build of Java, but for the metadata, and share no family', () => {
    const [old, update] = ['17.0.15', '17.0.16'].map((version) =>
      brokerArchivePlace('/cache', { ...toolchain({ ...java17, version }), kafka }),
    );
    const checkpoint = checkpointPlace('/cache', { kafka });
    expect(old?.file).to.match(/^\/cache\/class-archives\/kafka-4\.4\.0-java17-[0-9a-f]{12}\.jsa$/);
    expect(update?.file).not.to.equal(old?.file);
    expect(old?.use).to.deep.equal([`-XX:SharedArchiveFile=${old?.file ?? ''}`, '-Xshare:auto']);
    for (const family of [old?.family ?? '', archivePlace('/cache', toolchain(java17)).family]) {
      expect(checkpoint.file.includes(family)).to.equal(false);
      expect(family.startsWith(checkpoint.family)).to.equal(false);
    }
  });
});

describe('a stored class archive', () => {
  const root = temporaryFolder();
  const folder = () => join(root, String(at));
  let at = 0;
  let place: KeptPlace;
  const storedNow = async (where = place) => {
    mkdirSync(where.folder, { recursive: true });
    const made = join(where.folder, 'made.draft');
    writeFileSync(made, 'classes '.repeat(1_000));
    await storeArchive(where, made);
  };
  beforeEach(async () => {
    at += 1;
    place = archivePlace(folder(), toolchain(java17));
    await storedNow();
  });

  it('is intact as it was made, and missing where nothing was', async () => {
    expect(await inspectArchive(place)).to.deep.equal({ kind: 'intact' });
    const other = archivePlace(folder(), toolchain({ version: '21.0.2', major: 21 }));
    expect(await inspectArchive(other)).to.deep.equal({ kind: 'missing' });
  });

  it('is damaged once it is cut off, changed or removed', async () => {
    truncateSync(place.file, 4_000);
    expect(await inspectArchive(place)).to.deep.include({ kind: 'damaged' });
    writeFileSync(place.file, 'Classes '.repeat(1_000));
    expect(await inspectArchive(place))
      .to.have.property('reason')
      .that.contains('checksum');
    writeFileSync(`${place.file}.sha256`, 'nonsense');
    expect(await inspectArchive(place)).to.deep.include({ kind: 'damaged' });
  });

  it('leaves what another Spark or Java of its line has, until that is gone', async () => {
    const homes = ['spark', 'other-spark', 'other-java'].map((name) => join(root, name));
    for (const home of homes) mkdirSync(home, { recursive: true });
    const [spark, otherSpark, otherJava] = homes as [string, string, string];
    const mine = archivePlace(folder(), toolchain({ ...java17, home: spark }, spark));
    const others = [
      archivePlace(folder(), toolchain({ ...java17, home: spark }, otherSpark)),
      archivePlace(folder(), toolchain({ ...java17, home: otherJava }, spark)),
    ];
    for (const one of [mine, ...others, mine]) await storedNow(one);
    for (const one of [mine, ...others])
      expect(await inspectArchive(one)).to.deep.equal({ kind: 'intact' });
    rmSync(otherSpark, { recursive: true });
    await storedNow(mine);
    const kinds = await Promise.all([mine, ...others].map(inspectArchive));
    expect(kinds.map(({ kind }) => kind)).to.deep.equal(['intact', 'missing', 'intact']);
    expect(readdirSync(mine.folder)).to.have.lengthOf(4);
  });

  it('takes the place of one of which nobody knows any more what it was made of', async () => {
    const other = archivePlace(folder(), toolchain(java17, root));
    for (const known of ['', '[3]\n', '[\n', '[]\n']) {
      await storedNow(other);
      const sums = `${other.file}.sha256`;
      writeFileSync(sums, `${readFileSync(sums, 'utf8').split('\n')[0] ?? ''}\n${known}`);
      if (known === '') expect(await inspectArchive(other)).to.deep.equal({ kind: 'intact' });
      await storedNow();
      expect(readdirSync(place.folder), known).to.have.lengthOf(2);
    }
  });

  it('takes the place of older ones of its line, and of no others', async () => {
    const other = archivePlace(folder(), toolchain({ version: '21.0.2', major: 21 }));
    await storedNow(other);
    const update = archivePlace(folder(), toolchain({ ...java17, version: '17.0.16' }));
    await storedNow(update);
    expect(readdirSync(place.folder)).to.have.lengthOf(4);
    expect(await inspectArchive(place)).to.deep.equal({ kind: 'missing' });
    expect(await inspectArchive(other)).to.deep.equal({ kind: 'intact' });
    expect(await inspectArchive(update)).to.deep.equal({ kind: 'intact' });
  });
});
