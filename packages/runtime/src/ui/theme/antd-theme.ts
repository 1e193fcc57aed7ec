import { type ThemeConfig, theme } from 'antd'
import { type Mode, tokens } from './tokens.ts'

const fontStack =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", "Segoe UI", sans-serif'

/** The look, laid on the UI kit's theme tokens. Phones get controls for thumbs. */
export function antdTheme(mode: Mode, phone: boolean): ThemeConfig {
  const look = tokens[mode]
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: look.primary,
      colorPrimaryHover: look.primaryHover,
      colorErrorHover: look.tones.danger.text,
      colorLinkHover: look.tones.info.text,
      colorInfo: look.primary,
      colorLink: look.tones.info.text,
      colorSuccess: look.tones.success.strong,
      colorWarning: look.tones.warning.strong,
      colorError: look.tones.danger.strong,
      colorErrorText: look.tones.danger.text,
      colorText: look.ink,
      colorTextSecondary: look.ink2,
      colorTextTertiary: look.ink3,
      colorTextDescription: look.ink2,
      colorTextPlaceholder: look.ink3,
      colorBgBase: look.surface,
      colorBgLayout: look.surface2,
      colorBgContainer: look.surface,
      colorBgElevated: look.raised,
      colorBorder: look.lineStrong,
      colorBorderSecondary: look.line,
      colorSplit: look.line,
      borderRadius: 6,
      borderRadiusLG: 8,
      fontFamily: fontStack,
      fontSize: 14,
      controlHeight: phone ? 40 : 32,
      controlHeightSM: phone ? 32 : 24,
      controlHeightLG: phone ? 48 : 40,
      motionDurationFast: '0.12s',
      motionDurationMid: '0.15s',
      motionDurationSlow: '0.18s',
      boxShadowTertiary: 'none',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Pagination: { itemActiveColor: look.tones.info.text, itemActiveColorHover: look.tones.info.text },
      Table: {
        headerBg: look.surface2,
        headerColor: look.ink2,
        headerSplitColor: 'transparent',
        cellPaddingBlock: 7,
        cellPaddingInline: 12,
        cellPaddingBlockSM: 6,
        cellPaddingInlineSM: 10,
        cellFontSizeSM: 13,
        rowHoverBg: look.surface2,
      },
      Tabs: {
        itemSelectedColor: look.tones.info.text,
        itemHoverColor: look.tones.info.text,
        itemActiveColor: look.tones.info.text,
        titleFontSize: 14,
        horizontalItemPadding: '10px 0',
        horizontalMargin: '0',
      },
      Modal: { titleFontSize: 16 },
      Tooltip: { fontSize: 12 },
    },
  }
}
