import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ClassArchive } from '../../model/class-archive.js';
import type { Toolchain } from '../../model/toolchain.js';

type Parts = Pick<Toolchain, 'java' | 'spark'>;

/** Where the archive of a toolchain is, whether it exists or not, and how Java is told to write, use and demand it. */
export interface ArchivePlace {
  readonly folder: string;
  readonly file: string;
  /** The archives of the same Spark and Java line begin like this; only the newest is of use. */
  readonly family: string;
  readonly make: (file: string) => ClassArchive;
  readonly use: ClassArchive;
  /** A driver that starts only if Java takes the archive. */
  readonly demand: ClassArchive;
}

type Options = Readonly<Record<'make' | 'use' | 'demand', (file: string) => string[]>>;

/** From Java 25 on, one run makes an AOT cache (JEP 514); before, a dynamic CDS archive (JEP 350, since Java 13). */
const firstAotJava = 25;

/** The place of the archive for a toolchain, named by what it depends on. */
export function archivePlace(cache: string, { java, spark }: Parts): ArchivePlace {
  const family = `spark-${spark.version}-java${String(java.major)}-`;
  const depends = [java.version, java.home, spark.home, ...spark.connectorJars];
  const id = `${family}${createHash('sha256').update(depends.join('\n')).digest('hex').slice(0, 12)}`;
  const folder = join(cache, 'class-archives');
  const [kind, options] = java.major >= firstAotJava ? ['aot', aot] : ['jsa', cds];
  const file = join(folder, `${id}.${kind}`);
  const archive = (javaOptions: string[]): ClassArchive => ({
    ...{ id, javaOptions },
    confFolder: join(folder, 'conf'),
  });
  return {
    ...{ folder, file, family },
    make: (written) => archive(options.make(written)),
    use: archive(options.use(file)),
    demand: archive(options.demand(file)),
  };
}

const cds: Options = {
  make: (file) => [`-XX:ArchiveClassesAtExit=${file}`],
  use: (file) => [`-XX:SharedArchiveFile=${file}`, '-Xshare:auto'],
  demand: (file) => [`-XX:SharedArchiveFile=${file}`, '-Xshare:on'],
};

const aot: Options = {
  make: (file) => [`-XX:AOTCacheOutput=${file}`],
  use: (file) => [`-XX:AOTCache=${file}`],
  demand: (file) => [`-XX:AOTCache=${file}`, '-XX:AOTMode=on'],
};
