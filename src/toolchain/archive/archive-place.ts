import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ClassArchive } from '../../model/class-archive.js';
import type { Toolchain } from '../../model/toolchain.js';

/** Where something is that one start leaves for later ones, whether it exists or not. */
export interface KeptPlace {
  readonly folder: string;
  readonly file: string;
  /** What else is kept for the same purpose begins like this. */
  readonly family: string;
  /** The folders of what it was made of: a new one replaces those of its family that were made of the same, or of what is gone. */
  readonly homes: readonly string[];
}

/** The place of an archive of Java's, and how Java is told to write, use and demand it. */
export interface ArchivePlace<Use> extends KeptPlace {
  readonly make: (file: string) => Use;
  readonly use: Use;
  /** A program that starts only if Java takes the archive. */
  readonly demand: Use;
}

type Options = Readonly<Record<'make' | 'use' | 'demand', (file: string) => string[]>>;

/** From Java 25 on, one run makes an AOT cache (JEP 514); before, a dynamic CDS archive (JEP 350, since Java 13). */
const firstAotJava = 25;

/** The place of the drivers' archive for a toolchain, named by what it depends on. */
export function archivePlace(
  cache: string,
  { java, spark }: Pick<Toolchain, 'java' | 'spark'>,
): ArchivePlace<ClassArchive> {
  const family = `spark-${spark.version}-java${String(java.major)}-`;
  const depends = [java.version, java.home, spark.home, ...spark.connectorJars];
  const { folder, id, file, options } = javaArchive(cache, { family, depends, java });
  const archive = (javaOptions: string[]): ClassArchive => ({
    ...{ id, javaOptions },
    confFolder: join(folder, 'conf'),
  });
  return {
    ...{ folder, file, family, homes: [java.home, spark.home] },
    make: (written) => archive(options.make(written)),
    use: archive(options.use(file)),
    demand: archive(options.demand(file)),
  };
}

/** The place of the broker's archive for a toolchain; its uses are options of the JVM. */
export function brokerArchivePlace(
  cache: string,
  { java, kafka }: Pick<Toolchain, 'java' | 'kafka'>,
): ArchivePlace<readonly string[]> {
  const family = `kafka-${kafka.version}-java${String(java.major)}-`;
  const depends = [java.version, java.home, ...kafka.classPath];
  const { folder, file, options } = javaArchive(cache, { family, depends, java });
  return {
    ...{ folder, file, family, homes: [java.home] },
    make: options.make,
    use: options.use(file),
    demand: options.demand(file),
  };
}

/** The place of the first checkpoint of the metadata, which depends on nothing but the version of Kafka. */
export function checkpointPlace(cache: string, { kafka }: Pick<Toolchain, 'kafka'>): KeptPlace {
  const folder = archiveFolder(cache);
  const family = `kafka-${kafka.version}-metadata`;
  return { folder, family, homes: [], file: join(folder, `${family}.checkpoint`) };
}

function javaArchive(
  cache: string,
  {
    family,
    depends,
    java,
  }: { readonly family: string; readonly depends: readonly string[] } & Pick<Toolchain, 'java'>,
) {
  const id = `${family}${createHash('sha256').update(depends.join('\n')).digest('hex').slice(0, 12)}`;
  const folder = archiveFolder(cache);
  const [kind, options] = java.major >= firstAotJava ? ['aot', aot] : ['jsa', cds];
  return { id, folder, file: join(folder, `${id}.${kind}`), options };
}

function archiveFolder(cache: string): string {
  return join(cache, 'class-archives');
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
