import { arithmetic } from './arithmetic';
import { findFiles, readFile, writeFile } from './files';
import { reminder } from './reminder';
import type { Rule } from './rule';
import { table } from './table';
import { time } from './time';
import { web } from './web';

/** In the order in which they are tried: the narrow ones first. */
export const rules = (now: () => number): readonly Rule[] => [reminder, table, arithmetic, time(now), writeFile, web, readFile, findFiles];

const IMPERATIVE_EN =
  /^(?:please\s+|can you\s+|could you\s+|would you\s+)?(?:write|compose|draft|translate|summari[sz]e|explain|describe|imagine|invent|paraphrase|rewrite|brainstorm|tell me (?:a|about|why|how)|create (?:a|an) (?:poem|story|song|essay|plan|picture|image)|draw|sing|make up)\b/i;
const IMPERATIVE_ZH = /^(?:请|帮我|请帮我|麻烦|给我)?\s*(?:写(?!入|到)|翻译|总结|解释|描述|编(?:一|个|写)|讲(?:一?个|讲)|创作|画|润色|改写|起草)|(?:翻译|译)成/;

/** Wishes that only a language model can grant. A wish that a rule understands comes first: "write x to a.txt". */
export const needsModel = (text: string): boolean => IMPERATIVE_EN.test(text.trim()) || IMPERATIVE_ZH.test(text.trim());

/** These two would read a sentence such as "write me a sum" wrongly, so the imperative stops them. */
export const survivesImperative = (rule: Rule): boolean => rule === writeFile || rule === reminder || rule.tools[0] === 'web_fetch';
