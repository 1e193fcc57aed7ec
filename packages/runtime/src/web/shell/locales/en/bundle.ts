import kit from 'antd/es/locale/en_US.js'
import ui from '../../../../ui/locales/en/ui.json' with { type: 'json' }
import admin from './admin.json' with { type: 'json' }
import publicTexts from './public.json' with { type: 'json' }
import shell from './shell.json' with { type: 'json' }
import staff from './staff.json' with { type: 'json' }
import views from './views.json' with { type: 'json' }

export const bundle = { texts: { shell, public: publicTexts, staff, admin, ui, views }, kit, days: 'en' }
