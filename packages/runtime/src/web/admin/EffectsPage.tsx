export default function EffectsPage() { return null }
