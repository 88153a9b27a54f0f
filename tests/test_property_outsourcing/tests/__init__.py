from . import test_galleries
from . import test_rule_fields
from . import test_every_form
from . import test_every_row
from . import test_api
from . import (
    test_dispatch_tours,
    test_jobs,
    test_kept_records,
    test_portal_ease,
    test_retention_defects,
    test_signed_papers,
    test_story_advance,
    test_story_bond,
    test_story_closing,
    test_story_changed_rows,
    test_story_edited_presets,
    test_story_joining,
    test_story_languages,
    test_story_lapse,
    test_story_objection,
    test_story_override,
    test_story_paper_report,
    test_story_partial,
    test_story_penalty_cap,
    test_story_repairs,
    test_story_reward,
    test_story_rollup,
    test_story_service,
    test_story_suspended,
    test_story_two_companies,
    test_story_variation,
    test_story_works,
    test_tours,
    test_tours_repairs,
)
from . import test_frozen_reasons
