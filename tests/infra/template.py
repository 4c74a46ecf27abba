"""Reads infra/template.yaml as plain values: `!Ref X` becomes {"Ref": "X"}, and so on."""

import json
import pathlib
import sys

import yaml

project = pathlib.Path(__file__).resolve().parent.parent.parent


class Loader(yaml.SafeLoader):
    pass


def tagged(loader, suffix, node):
    name = suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}"
    if isinstance(node, yaml.ScalarNode):
        return {name: loader.construct_scalar(node)}
    if isinstance(node, yaml.SequenceNode):
        return {name: loader.construct_sequence(node, deep=True)}
    return {name: loader.construct_mapping(node, deep=True)}


Loader.add_multi_constructor("!", tagged)


def read(path=project / "infra/template.yaml"):
    return yaml.load(pathlib.Path(path).read_text(), Loader)


def headers(policy):
    """The headers of a response headers policy, as a browser gets them."""
    config = read()["Resources"][policy]["Properties"]["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    hsts = security["StrictTransportSecurity"]
    found = {
        "content-security-policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "strict-transport-security": f"max-age={hsts['AccessControlMaxAgeSec']}" + ("; includeSubDomains" if hsts["IncludeSubdomains"] else ""),
        "x-content-type-options": "nosniff" if "ContentTypeOptions" in security else "",
        "x-frame-options": security["FrameOptions"]["FrameOption"],
        "referrer-policy": security["ReferrerPolicy"]["ReferrerPolicy"],
    }
    found.update({item["Header"]: item["Value"] for item in config["CustomHeadersConfig"]["Items"]})
    return found


if __name__ == "__main__":
    json.dump(headers(sys.argv[1]), sys.stdout)
