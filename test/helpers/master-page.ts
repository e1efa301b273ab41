/** What the page of a master says of an application, as far as tests look. */
interface ApplicationThere {
  readonly id: string;
  readonly cores: number;
  /** Of each executor, in mebibytes. */
  readonly memoryperexecutor: number;
}

/** The applications that a real master lists at `/json/`, those that have ended too. */
export async function applicationsOf(
  webUi: string,
): Promise<{ readonly active: ApplicationThere[]; readonly ended: ApplicationThere[] }> {
  const page = (await (await fetch(`${webUi}/json/`)).json()) as {
    readonly activeapps: ApplicationThere[];
    readonly completedapps: ApplicationThere[];
  };
  return { active: page.activeapps, ended: page.completedapps };
}
