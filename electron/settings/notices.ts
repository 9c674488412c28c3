/** What is said of settings, each in one sentence: what, where, what follows. */
import type { LocalText } from '#protocol/catalogue'

export const passwordNotKept: LocalText = {
  en: 'The password is known until Loopscope ends: it could be kept only by the desktop app, in a keyring of the system.',
  zh: '密码只在 Loopscope 结束之前有效：只有桌面版能保存密码，而且系统须提供密钥环。',
}

const reasons = {
  notJson: { en: 'it is not JSON', zh: '不是 JSON' },
  noSettings: { en: 'it does not hold settings', zh: '其中没有设置' },
  noFile: { en: 'it is not a file', zh: '不是文件' },
  tooLarge: { en: 'it is too large', zh: '文件过大' },
} satisfies Record<string, LocalText>

/** A name from the list, or the code of an error of the file system, such as EACCES. */
export type Reason = keyof typeof reasons | (string & {})

const reasonText = (reason: Reason): LocalText =>
  Object.hasOwn(reasons, reason) ? reasons[reason as keyof typeof reasons] : { en: reason, zh: reason }

export const damaged = (file: string, reason: Reason, aside: string): LocalText => ({
  en: `The settings in ${file} cannot be read (${reasonText(reason).en}): defaults are used, and the file is kept as ${aside}.`,
  zh: `无法读取 ${file} 中的设置（${reasonText(reason).zh}）：已使用默认值，原文件另存为 ${aside}。`,
})

export const newer = (file: string, aside: string): LocalText => ({
  en: `The settings in ${file} are of a newer Loopscope: defaults are used, and the file is kept as ${aside}.`,
  zh: `${file} 中的设置来自更新版本的 Loopscope：已使用默认值，原文件另存为 ${aside}。`,
})

export const partlyDamaged = (file: string, fields: readonly string[], aside: string): LocalText => ({
  en: `Not valid in the settings in ${file}, and so back to the default: ${some(fields, ', ')}; the file as it was is kept as ${aside}.`,
  zh: `${file} 中的下列设置无效，已恢复默认值：${some(fields, '、')}；原文件另存为 ${aside}。`,
})

/** More names than these help nobody. */
const most = 5
const some = (fields: readonly string[], comma: string) =>
  fields.length > most ? `${fields.slice(0, most).map(cut).join(comma)}${comma}…` : fields.map(cut).join(comma)
const cut = (field: string) => (field.length > 60 ? `${field.slice(0, 59)}…` : field)

export const stuck = (file: string, code: string): LocalText => ({
  en: `The settings in ${file} are damaged or of a newer Loopscope, and cannot be moved aside (${code}): the file stays as it is, and what you set lasts until Loopscope ends.`,
  zh: `${file} 中的设置已损坏，或来自更新版本的 Loopscope，且文件无法移走（${code}）：文件保持原样，您的设置只在 Loopscope 结束之前有效。`,
})

export const notWritable = (file: string, code: string): LocalText => ({
  en: `Settings cannot be written to ${file} (${code}): what you set lasts until Loopscope ends.`,
  zh: `无法将设置写入 ${file}（${code}）：您的设置只在 Loopscope 结束之前有效。`,
})
