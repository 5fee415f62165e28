"""The schema a new project starts with: Vietnamese political news, eight labels and fifteen relation types.

Source: the project's labelling guide, sections 1 and 2. Colours of labels: Okabe and Ito's palette
with Tol's wine for the eighth.
"""

from __future__ import annotations

from annotations.default_relations import RELATION_TYPES
from annotations.schema import Attribute, EntityType, Schema

_CANONICAL = Attribute("canonical", {"vi": "Tên đầy đủ", "en": "Full name"})
_SYSTEM = Attribute(
    "system",
    {"vi": "Hệ thống", "en": "System"},
    ("party", "state", "assembly", "front", "union", "other"),
)
_LEVEL = Attribute("level", {"vi": "Cấp", "en": "Level"}, ("central", "province", "district", "commune"))

_OFFICIAL = EntityType(
    name="OFFICIAL",
    names={"vi": "Cán bộ, lãnh đạo", "en": "Official"},
    key="1",
    colour="#0072B2",
    description="A person's name, every time it occurs; honorifics (đồng chí, ông, bà) are outside.",
    attributes=(_CANONICAL, Attribute("person_id", {"vi": "Mã người", "en": "Person id"})),
)

_TITLE = EntityType(
    name="TITLE",
    names={"vi": "Chức danh", "en": "Title"},
    key="2",
    colour="#E69F00",
    description="A post, with the body it is held in; two posts are two spans.",
    attributes=(
        _CANONICAL,
        _SYSTEM,
        _LEVEL,
        Attribute("rank", {"vi": "Bậc", "en": "Rank"}, ("head", "deputy", "member")),
        Attribute("status", {"vi": "Tình trạng", "en": "Status"}, ("current", "former", "acting")),
    ),
)

_ORG = EntityType(
    name="ORG",
    names={"vi": "Tổ chức, cơ quan", "en": "Organisation"},
    key="3",
    colour="#009E73",
    description="A party, state, front, media or other body, named by its usual designation.",
    attributes=(_CANONICAL, _SYSTEM, _LEVEL),
)

_PLACE = EntityType(
    name="PLACE",
    names={"vi": "Địa danh", "en": "Place"},
    key="4",
    colour="#D55E00",
    description="An administrative unit, zone, route or facility; the administrative word directly before is inside.",
    attributes=(
        Attribute("kind", {"vi": "Loại", "en": "Kind"}, ("admin", "zone", "route", "facility", "natural")),
        _CANONICAL,
        Attribute("code", {"vi": "Mã đơn vị", "en": "Code"}),
    ),
)

_DATE = EntityType(
    name="DATE",
    names={"vi": "Thời gian", "en": "Date"},
    key="5",
    colour="#CC79A7",
    description="Anything that can be put on the calendar; prepositions and limits are outside.",
    attributes=(
        Attribute("value", {"vi": "Giá trị (EDTF)", "en": "Value (EDTF)"}, kind="edtf"),
        Attribute("type", {"vi": "Loại", "en": "Type"}, ("DATE", "TIME", "DURATION", "HOLIDAY")),
        Attribute("mod", {"vi": "Giới hạn", "en": "Modifier"}, ("BEFORE", "AFTER", "START", "MID", "END", "APPROX")),
    ),
)

_RESOLUTION = EntityType(
    name="RESOLUTION",
    names={"vi": "Văn bản", "en": "Resolution"},
    key="6",
    colour="#56B4E9",
    description="A resolution, directive, decision, conclusion, regulation, notice, programme or plan.",
    attributes=(
        Attribute(
            "kind",
            {"vi": "Loại văn bản", "en": "Kind"},
            (
                "nghi_quyet",
                "chi_thi",
                "quyet_dinh",
                "ket_luan",
                "quy_dinh",
                "quy_che",
                "thong_bao",
                "huong_dan",
                "nghi_dinh",
                "thong_tu",
                "luat",
                "chuong_trinh",
                "ke_hoach",
                "de_an",
                "quy_hoach",
                "khac",
            ),
        ),
        Attribute("number", {"vi": "Số", "en": "Number"}),
        Attribute("symbol", {"vi": "Ký hiệu", "en": "Symbol"}),
        Attribute("norm", {"vi": "Mã chuẩn", "en": "Identifier"}, kind="resolution"),
        Attribute("status", {"vi": "Tình trạng", "en": "Status"}, ("issued", "draft")),
    ),
)

_MEETING = EntityType(
    name="MEETING",
    names={"vi": "Hội nghị, sự kiện", "en": "Meeting"},
    key="7",
    colour="#F0E442",
    description="A conference, congress, sitting, election or ceremony, named or nominal.",
    attributes=(
        Attribute(
            "kind",
            {"vi": "Loại", "en": "Kind"},
            ("hoi_nghi", "dai_hoi", "ky_hop", "bau_cu", "le", "khac"),
        ),
        Attribute("ordinal", {"vi": "Lần thứ", "en": "Ordinal"}),
        Attribute("mention", {"vi": "Cách gọi", "en": "Mention"}, ("named", "nominal")),
        _CANONICAL,
    ),
)

_TERM = EntityType(
    name="TERM",
    names={"vi": "Khóa, nhiệm kỳ", "en": "Term"},
    key="8",
    colour="#882255",
    description="A term of office: khóa XX, nhiệm kỳ 2020-2025; brackets are outside.",
    attributes=(
        Attribute("number", {"vi": "Số khóa", "en": "Number"}),
        Attribute("value", {"vi": "Nhiệm kỳ", "en": "Years"}),
    ),
)

DEFAULT_SCHEMA = Schema(
    id="vn-political-news/1",
    entity_types=(_OFFICIAL, _TITLE, _ORG, _PLACE, _DATE, _RESOLUTION, _MEETING, _TERM),
    relation_types=RELATION_TYPES,
)
"""What a new project may label; a project can change its own copy."""
