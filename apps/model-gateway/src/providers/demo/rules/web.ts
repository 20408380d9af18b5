import type { Rule } from './rule';

const URL = /\bhttps?:\/\/[^\s<>"'“”，。）)]+/i;
const BARE =
  /\b(?:open|fetch|read|visit|load|get|summari[sz]e|show|打开|访问|读取|抓取|看看|查看)\s*(?:the\s+)?(?:web ?)?(?:page|site|网页|网站)?\s*(?:at|of)?\s*((?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|cn|edu|gov|info|ai)(?:\/[^\s，。]*)?)(?=[\s，。?？!！]|$)/i;

/** A page of the web. */
export const web: Rule = {
  tools: ['web_fetch', 'fetch', 'http_request', 'browser_open'],
  match: (text) => {
    const url = URL.exec(text)?.[0] ?? BARE.exec(text)?.[1];
    return url === undefined ? undefined : { url: url.replace(/[.,;:!?]+$/, '') };
  },
};
