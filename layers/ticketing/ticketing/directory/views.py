"""The directory as representatives read it: entries, and pages of them in the order of their names."""

from pydantic import Field

from ticketing.directory.channel_type import TYPE_DESCRIPTION
from ticketing.directory.end_user import EndUserView
from ticketing.kernel.model import Model


class CustomerRepView(Model):
    """A representative."""

    customerRepID: int = Field(description="The representative.")
    name: str = Field(description="The name.")
    role: str = Field(description="Administrator, Supervisor, Agent or Restricted.")


class MeView(CustomerRepView):
    """The representative who asks."""

    customerID: int = Field(description="The customer whose staff the representative belongs to.")


class ChannelView(Model):
    """A channel, without what opens it to visitors."""

    channelID: int = Field(description="The channel.")
    name: str = Field(description="The name.")
    channelType: str = Field(description=TYPE_DESCRIPTION)
    isActive: bool = Field(description="Whether it is in use.")
    phoneNumber: str | None = Field(description="The number of a phone line.")


class TopicView(Model):
    """A topic."""

    topicID: int = Field(description="The topic.")
    name: str = Field(description="The name.")
    description: str | None = Field(description="A text that tells what belongs to it.")


class _Page(Model):
    totalCount: int = Field(description="The number of matches in all.")
    totalPages: int = Field(description="The number of pages that they fill.")
    pageNumber: int = Field(description="This page's number.")
    pageSize: int = Field(description="The number of matches that a page holds.")


class AssignablePage(_Page):
    """A page of representatives to whom the caller may assign a ticket."""

    items: list[CustomerRepView] = Field(description="The representatives on this page.")


class ChannelPage(_Page):
    """A page of channels."""

    items: list[ChannelView] = Field(description="The channels on this page.")


class TopicPage(_Page):
    """A page of topics."""

    items: list[TopicView] = Field(description="The topics on this page.")


class EndUserPage(_Page):
    """A page of end users."""

    items: list[EndUserView] = Field(description="The end users on this page.")
