/** The readable name of a program from its User-Agent. Product names are the same in every language. */

const programs: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/HeadlessChrome\/|Chromium\//, 'Chromium'],
  [/CriOS\/|Chrome\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
];

const systems: [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

const nameIn = (table: [RegExp, string][], text: string): string | undefined =>
  table.find(([pattern]) => pattern.test(text))?.[1];

/** The program, and its system if known: "curl/7.88.1" is curl without a system. */
export const deviceOf = (agent: string): { program?: string; system?: string } => {
  const program = nameIn(programs, agent) ?? /^([\w.-]+)(\/|\s|$)/.exec(agent)?.[1];
  return { program: program === 'Mozilla' ? undefined : program, system: nameIn(systems, agent) };
};
