import app from './app.json' with { type: 'json' }
import assignment from './assignment.json' with { type: 'json' }
import board from './board.json' with { type: 'json' }
import calendar from './calendar.json' with { type: 'json' }
import decision from './decision.json' with { type: 'json' }
import designer from './designer.json' with { type: 'json' }
import elements from './elements.json' with { type: 'json' }
import flow from './flow.json' with { type: 'json' }
import formBench from './formBench.json' with { type: 'json' }
import frame from './frame.json' with { type: 'json' }
import message from './message.json' with { type: 'json' }
import metric from './metric.json' with { type: 'json' }
import panels from './panels.json' with { type: 'json' }
import policy from './policy.json' with { type: 'json' }
import publicForm from './publicForm.json' with { type: 'json' }
import rule from './rule.json' with { type: 'json' }
import scenario from './scenario.json' with { type: 'json' }
import tryout from './tryout.json' with { type: 'json' }
import viewBench from './viewBench.json' with { type: 'json' }

/** Texts of the designer by namespace: one file for the frame, one for each workbench. */
export const bundle = {
  app,
  assignment,
  board,
  calendar,
  decision,
  designer,
  elements,
  flow,
  formBench,
  frame,
  message,
  metric,
  panels,
  policy,
  publicForm,
  rule,
  scenario,
  tryout,
  viewBench,
}
