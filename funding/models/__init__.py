"""Money: where it comes from, to whom it was given and passed down, and what was paid of it.

Rows are only ever added: what was written stays, and a correction is an entry of its own, with a day and a reason. What
an allocation holds is computed from its entries by one view (`Balance`), and the same view is what the database asks,
under a lock, before it lets an entry stand. Totals of places (`FundRollup`) are kept only as what can be recomputed
from the entries at any time.

Worked example: the centre gives Guizhou 1,000,000 yuan for 2010 (an `Allocation` that came from outside); Guizhou
passes 400,000 down to Zhijin County (another, with the first as its parent). 600,000 rest with Guizhou and 400,000 with
Zhijin: each yuan rests in exactly one place. Zhijin pays 100,000 out (a `Payment`), so Guizhou can take back at most
300,000 (an `Adjustment` of Zhijin's). What an allocation can't say: money of several years, or of several sources.
"""

from funding.models.adjustment import Adjustment
from funding.models.allocation import Allocation, AllocationQuerySet, Balance
from funding.models.attachment import Attachment
from funding.models.pairing import Pairing
from funding.models.pairing_report import FIGURES, PairingReport, figures_of_reports
from funding.models.partner import SCHEMES, Partner, Scheme, kinds_of
from funding.models.payment import Payment
from funding.models.project import ForeignProject, ProjectAllocation, ProjectCounty
from funding.models.source import FundSource
from funding.models.totals import DirtyFunds, FundRollup, FundYear

__all__ = [
    "FIGURES",
    "SCHEMES",
    "Adjustment",
    "Allocation",
    "AllocationQuerySet",
    "Attachment",
    "Balance",
    "DirtyFunds",
    "ForeignProject",
    "FundRollup",
    "FundSource",
    "FundYear",
    "Pairing",
    "PairingReport",
    "Partner",
    "Payment",
    "ProjectAllocation",
    "ProjectCounty",
    "Scheme",
    "figures_of_reports",
    "kinds_of",
]
