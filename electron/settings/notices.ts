/** What is said of settings, each in one sentence. */
import type { LocalText } from '#protocol/catalogue'

export const passwordNotKept: LocalText = {
  en: 'The password is known until Loopscope ends: it could be kept only by the desktop app, in a keyring of the system.',
  zh: '密码只在 Loopscope 结束之前有效：只有桌面版能保存密码，而且系统须提供密钥环。',
}
