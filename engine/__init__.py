"""The numbers: a checked plan to exact pay with its trace. Pure; the standard library only."""

from dsl.faults import register

register("engine")

VERSION = "0.1.0"
