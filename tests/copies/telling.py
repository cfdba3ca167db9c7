"""Invented reports for the tests of copies: one told by a wire, its copies, and what others tell of the same day."""

from __future__ import annotations

from dataclasses import replace

from sayso import __version__
from sayso.copies import Print, fingerprint
from sayso.intake import sealed
from sayso.knowledge import ours
from sayso.reading import read_page
from sayso.record import Given, Grounds, Published, Reading

WIRE = """\
A drone struck the grain elevator at Port Selm before dawn on Monday, setting 4,200 tons of barley on fire, \
the harbor master, Ivo Tarn, said. Two night watchmen were pulled from the weigh house with burns to their \
hands. Tarn put the damage at 3.1 million crowns and said that the elevator would not work again before the \
autumn harvest. The navy of Oredia said its patrol boats had seen no aircraft over the bay. Fishermen on the \
north pier told of a humming like a sewing machine that came in low over the breakwater at about 4:40 in the \
morning. Firemen pumped sea water from the tug Amalia for nine hours. The elevator was built in 1931 and \
feeds the bakeries of three provinces. Bread prices in the capital rose by eleven percent within a day of \
the strike on the mill at Dorrow in February. The insurer Halden & Roe has sent two surveyors. School number \
6, which stands across the rail yard, was closed until Wednesday."""

REWORDED = """\
Before dawn Monday, a grain silo in Port Selm was hit by a drone, which ignited 4,200 tonnes of barley, \
according to Ivo Tarn, the port captain. A pair of night guards were brought out of the weighing house with \
burned hands. The damage amounts to 3.1 million crowns, Tarn said, adding the silo will not be operating \
again until the harvest in autumn. According to Oredia's navy, its patrol vessels noticed no planes above \
the bay. Fishers at the northern pier spoke of a buzzing similar to a sewing machine, which approached low \
above the breakwater around 4:40 a.m. For nine hours the firefighters pumped seawater from the tugboat \
Amalia. The silo dates from 1931 and supplies bakeries in three provinces. In the capital the price of bread \
climbed 11 percent within one day after the attack on Dorrow's mill in February. Two surveyors were \
dispatched by Halden & Roe, the insurance company. School No. 6 on the other side of the rail yard stays \
shut until Wednesday."""

INDEPENDENT = """\
Ivo Tarn was still in his pajamas when he counted what was left of the Port Selm elevator on Monday. "It is \
like losing a limb," the harbor master said. Farmers queued with loaded carts on the coast road because \
nobody had told them to turn back. The Agriculture Ministry promised to lend them storage at the disused \
airfield in Brenn. Lena Okoro, who bakes for the hospital, has flour for six days. A neighbor filmed the \
flames from her balcony and sold the clip to a broadcaster for 50 crowns. The drone, a ministry spokesman \
said, was one of five that night; the others fell into the sea. Nobody has claimed the attack. By noon \
children were collecting roasted barley in buckets. The railway hopes to lay a siding to the airfield within \
a month."""

OTHER = """\
The supreme court of Varona threw out the appeal of the former finance minister, Berta Quill, on Thursday. \
She had asked the judges to set aside a sentence of four years for passing 720,000 florins to a shipping \
firm owned by her cousin. Her lawyer, Piet Zand, called the ruling a theft in robes. Prosecutors want the \
house in Lindow seized. Quill has ten days to report to the women's prison at Marrow Hill. The firm went \
bankrupt in 2019 and left 311 sailors unpaid. Two of the nine judges dissented. Her party suspended her \
membership in the spring and has not said whether it will restore it. Outside the court a brass band played \
until the police took away the drum."""


def sentences(text: str) -> list[str]:
    """The sentences of one of the texts above: each ends in a full stop and white space."""
    return [part if part.endswith((".", '"')) else f"{part}." for part in text.split(". ")]


def told(text: str, name: str, *, published: str | None = None, publisher: str | None = None) -> Print:
    """The print of a text, known by a name of its own."""
    page = read_page(sealed(text.encode()), Given(published=published, publisher=publisher), ours())
    return replace(fingerprint(Reading(__version__, page, Grounds(published=page.published))), report=name)


def undated(one: Print) -> Print:
    """The same print of a report that nobody dates."""
    return replace(one, credited=replace(one.credited, published=Published(None, None, "unknown")))
