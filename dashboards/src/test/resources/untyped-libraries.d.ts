// libraries of the console that bring no types of their own
declare module 'htm' {
  const htm: { bind<T>(h: T): (strings: TemplateStringsArray, ...values: any[]) => any };
  export default htm;
}
declare module '@codemirror/lang-java' {
  import { LanguageSupport, LRLanguage } from '@codemirror/language';
  export const javaLanguage: LRLanguage;
  export function java(): LanguageSupport;
}
