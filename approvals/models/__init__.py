"""What is legally true: one file per aggregate."""

from approvals.models.aftermath import DecisionDelivery, Handover, ValidityExtension
from approvals.models.agency import AgencyMandate, MatterList
from approvals.models.application import Application
from approvals.models.clock import ClockPause, Extension
from approvals.models.commencement import Evidence
from approvals.models.commitment import Commitment, Objection
from approvals.models.consultation import Consultation
from approvals.models.correction import SpotCorrection
from approvals.models.decision import Annulment, Recommendation
from approvals.models.deferral import DeferrableMaterial, DeferralPromise
from approvals.models.determination import Determination
from approvals.models.event import AuditRoot, ChainHead, Delivery, Event
from approvals.models.facts import Activity, Boiler, EnergyLine, ProjectFacts
from approvals.models.hearing import Hearing
from approvals.models.impact import RuleImpactRow, RuleImpactRun
from approvals.models.joint import JointDeparture, JointHandling
from approvals.models.land import LandDelay, LandGrant, Plot, PlotIndicator, RegionalAssessment
from approvals.models.material import Material, MaterialVersion, OriginalCustody
from approvals.models.matter import Matter
from approvals.models.obligation import Obligation, Reminder
from approvals.models.override import Override
from approvals.models.paper import Message, ProjectDocument
from approvals.models.precheck import Precheck
from approvals.models.project import Project, ProjectParty
from approvals.models.promise import PromiseVersion
from approvals.models.settings import CalendarChange, CalendarDay, CalendarEdition, LocalClosure, LocalParameter
from approvals.models.signing import AgreementPolicy, InvestmentAgreement
from approvals.models.supplement import SupplementNotice, SupplementProposal
from approvals.models.verification import CommitmentChange, CreditRecord, Rectification, Verification

__all__ = [
    "Activity",
    "AgencyMandate",
    "AgreementPolicy",
    "Annulment",
    "Application",
    "AuditRoot",
    "Boiler",
    "CalendarChange",
    "CalendarDay",
    "CalendarEdition",
    "ChainHead",
    "ClockPause",
    "Commitment",
    "CommitmentChange",
    "Consultation",
    "CreditRecord",
    "DecisionDelivery",
    "DeferrableMaterial",
    "DeferralPromise",
    "Delivery",
    "Determination",
    "EnergyLine",
    "Event",
    "Evidence",
    "Extension",
    "Handover",
    "Hearing",
    "InvestmentAgreement",
    "JointDeparture",
    "JointHandling",
    "LandDelay",
    "LandGrant",
    "LocalClosure",
    "LocalParameter",
    "Material",
    "MaterialVersion",
    "Matter",
    "MatterList",
    "Message",
    "Objection",
    "Obligation",
    "OriginalCustody",
    "Override",
    "Plot",
    "PlotIndicator",
    "Precheck",
    "Project",
    "ProjectDocument",
    "ProjectFacts",
    "ProjectParty",
    "PromiseVersion",
    "Recommendation",
    "Rectification",
    "RegionalAssessment",
    "Reminder",
    "RuleImpactRow",
    "RuleImpactRun",
    "SpotCorrection",
    "SupplementNotice",
    "SupplementProposal",
    "ValidityExtension",
    "Verification",
]
