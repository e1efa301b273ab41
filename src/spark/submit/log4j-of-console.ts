/** How a line looks, for the appender of a name: the program reads what Spark logs by it. */
export function layout(appender: string): string {
  return `appender.${appender}.layout.type = PatternLayout
appender.${appender}.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
`;
}

/** Spark's log4j settings for a process whose warnings are read from its standard error. */
export const log4jOfConsole = `rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
${layout('stderr')}`;
