import type { Rule } from './rule';

const PATH = String.raw`["'“「\`]?((?:[\w.~-]+\/)*[\w.-]+\.\w{1,8}|(?:[\w.~-]+\/)+[\w.-]*)["'”」\`]?`;

const READ = new RegExp(
  String.raw`(?:\b(?:read|open|show(?: me)?|display|print|cat|view)\b|读取?|打开|显示|查看|看看)\s*(?:the\s+|me\s+)*(?:file|contents? of|文件|内容)?\s*(?:the\s+)?${PATH}`,
  'i',
);
const WRITE = new RegExp(
  String.raw`(?:\b(?:write|save|put|store)\b|写入?|保存|把)\s*["'“「]?(.+?)["'”」]?\s*(?:\b(?:to|into|in|as)\b|写到|写入|保存到|存到|到)\s*(?:the\s+|a\s+)?(?:file\s+|文件\s*)?${PATH}\s*[.。!！]?$`,
  'is',
);
const FIND =
  /(?:\b(?:find|list|search(?: for)?|look for)\b|查找|列出|搜索|寻找)\s*(?:all\s+|the\s+|所有的?)*(?:files?|文件)\s*(?:named|called|matching|like|名为|叫)?\s*["'“「`]?([\w.*?/-]+)?/i;
const FIND_REVERSED = /(?:\b(?:find|list)\b|查找|列出)\s*(?:all\s+|the\s+|所有的?)*["'“「`]?(\*?\.?[\w*?]+\.?\w*)["'”」`]?\s*(?:files|文件)/i;

export const writeFile: Rule = {
  tools: ['fs_write', 'write_file', 'file_write'],
  match: (text) => {
    const [, content, path] = WRITE.exec(text) ?? [];
    return content === undefined || path === undefined ? undefined : { path, content: content.trim() };
  },
};

export const readFile: Rule = {
  tools: ['fs_read', 'read_file', 'file_read'],
  match: (text) => {
    const path = READ.exec(text)?.[1];
    return path === undefined ? undefined : { path };
  },
};

export const findFiles: Rule = {
  tools: ['fs_find', 'find_files', 'glob_search', 'list_dir'],
  match: (text) => {
    const kind = FIND_REVERSED.exec(text)?.[1];
    if (kind !== undefined && !/^files$/i.test(kind)) return { pattern: kind.includes('*') ? kind : `*.${kind.replace(/^\./, '')}` };
    const found = FIND.exec(text);
    return found === null ? undefined : { pattern: found[1] ?? '*' };
  },
};
