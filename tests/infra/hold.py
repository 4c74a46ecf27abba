"""Holds the template against the code, in both directions: headers, environment names, actions, artefact, alarms, costs."""

import json
import pathlib
import re
import runpy
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from template import headers, project, read  # noqa: E402

RESOURCES = read()["Resources"]

# What the function does with the store, and nothing else: the methods that it is given. `warm` opens connections and needs no
# answer, so that it needs no right either.
FUNCTION_METHODS = ["claim", "put", "settle", "set_photo", "row", "decide", "admit", "fetch"]
# What an editor does: lists, reads, decides. And the sweeper, who alone deletes, and opens nothing.
EDITOR_METHODS = ["entries", "row", "get", "has", "decide", "log"]
SWEEP_METHODS = ["entries", "put", "settle", "set_photo", "has", "decide", "erase", "forget"]

# The rules of AWSManagedRulesCommonRuleSet that look at a body, as Amazon's guide lists them.
BODY_RULES = {"SizeRestrictions_BODY", "EC2MetaDataSSRF_BODY", "GenericLFI_BODY", "GenericRFI_BODY", "CrossSiteScripting_BODY"}

# Each call of the SDK with the actions that IAM wants for it.
ACTIONS = {
    "dynamodb": {
        "get_item": ["GetItem"], "put_item": ["PutItem"], "update_item": ["UpdateItem"], "delete_item": ["DeleteItem"],
        # A transaction needs the action of each thing in it; ours holds a Put and an Update.
        "transact_write_items": ["PutItem", "UpdateItem"], "query": ["Query"],
    },
    "s3": {
        "get_object": ["GetObject"], "head_object": ["GetObject"], "put_object": ["PutObject"],
        "delete_object": ["DeleteObject"], "delete_objects": ["DeleteObject", "DeleteObjectVersion"],
        "list_object_versions": ["ListBucketVersions"], "head_bucket": ["ListBucket"],
    },
    "cloudfront": {"create_invalidation": ["CreateInvalidation"], "get_invalidation": ["GetInvalidation"]},
    "cloudfront-keyvaluestore": {
        "describe_key_value_store": ["DescribeKeyValueStore"], "get_key": ["GetKey"], "update_keys": ["UpdateKeys"],
    },
}


def rust(*files):
    return "\n".join(pathlib.Path(project, file).read_text() for file in files)


def functions(source):
    """Each `fn name` with its body, found by matching braces."""
    found = {}
    for match in re.finditer(r"\bfn (\w+)", source):
        start = source.find("{", match.end())
        semicolon = source.find(";", match.end())
        if start < 0 or 0 <= semicolon < start:
            continue
        depth, at = 0, start
        while True:
            depth += {"{": 1, "}": -1}.get(source[at], 0)
            at += 1
            if depth == 0:
                break
        found.setdefault(match[1], []).append(source[start:at])
    return found


def calls(bodies, service):
    names = "|".join(ACTIONS[service])
    return {call for body in bodies for call in re.findall(rf"\.({names})\(\)", re.sub(r"\s+", "", body))}


def reached(methods):
    """The bodies of the store's methods and of everything that they call: `self.index.x` stands in the files of the index, and so on."""
    parts = {"mod": ["mod"], "index": ["index", "rows", "log", "counters"], "objects": ["objects"]}
    files = {part: functions(rust(*(f"crates/review/src/cloud/{name}.rs" for name in names))) for part, names in parts.items()}
    seen, todo = set(), [("mod", method) for method in methods]
    for method in methods:
        assert method in files["mod"], f"the store has no method {method}"
    while todo:
        file, name = todo.pop()
        if (file, name) in seen or name not in files[file]:
            continue
        seen.add((file, name))
        for body in files[file][name]:
            # What is called stands behind `self`, on whatever line.
            body = re.sub(r"\s+\.", ".", body)
            todo.extend((part, called) for part, called in re.findall(r"self\.(index|objects)\.(\w+)\(", body))
            todo.extend((file, called) for called in re.findall(r"(?:self\.|(?<![.\w:]))(\w+)\(", body))
    return [body for file, name in seen for body in files[file][name]]


def used(service, bodies):
    return {f"{service}:{action}" for call in calls(bodies, service) for action in ACTIONS[service][call]}


def statements(resource):
    properties = RESOURCES[resource]["Properties"]
    documents = [policy["PolicyDocument"] for policy in properties.get("Policies", [])] or [properties["PolicyDocument"]]
    return [statement for document in documents for statement in document["Statement"]]


def granted(resource, *services):
    found = set()
    for statement in statements(resource):
        actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
        found.update(action for action in actions if action.split(":")[0] in services)
    return found


class Template(unittest.TestCase):
    maxDiff = None

    def test_every_page_has_the_headers_of_the_code(self):
        source = rust("templates/src/headers.rs")
        policy = re.search(r'CONTENT_SECURITY_POLICY: &str = "(.*?)";', source, re.S)[1]
        policy = re.sub(r"\\\s+", "", policy)
        code = {"content-security-policy": policy}
        code.update(re.findall(r'\("([a-z-]+)", "([^"]*)"\)', source))
        self.assertEqual(headers("PageHeaders"), code)
        robots = dict(re.findall(r'"/(photos|search)/", "(noindex[^"]*)"', source))
        self.assertEqual(headers("PhotoHeaders"), {**code, "x-robots-tag": robots["photos"]})
        self.assertEqual(headers("SearchHeaders"), {**code, "x-robots-tag": robots["search"]})
        behaviors = RESOURCES["Distribution"]["Properties"]["DistributionConfig"]["CacheBehaviors"]
        policies = {behavior["PathPattern"]: behavior["ResponseHeadersPolicyId"]["Ref"] for behavior in behaviors}
        self.assertEqual((policies["/photos/*"], policies["/search/*"]), ("PhotoHeaders", "SearchHeaders"))
        visit = rust("infra/functions/visit.js")
        edge = {name: double or single for name, double, single in re.findall(r"'([a-z-]+)': \{ value: (?:\"([^\"]*)\"|'([^']*)') \}", visit.split("const HEADERS")[1].split("};")[0])}
        self.assertEqual(edge, code)

    def test_the_preview_sends_the_same_constant(self):
        for file in ["crates/web/src/answer.rs", "submit-fn/src/pages/mod.rs"]:
            self.assertIn("SECURITY_HEADERS", rust(file), file)

    def test_the_function_may_do_what_it_does_and_nothing_else(self):
        bodies = reached(FUNCTION_METHODS)
        drafts = used("s3", [rust("submit-fn/src/bootstrap/drafts.rs")])
        # Without ListBucket, a form that is not there is answered like a refusal.
        self.assertEqual(granted("SubmitRole", "dynamodb", "s3"), used("dynamodb", bodies) | used("s3", bodies) | drafts | {"s3:ListBucket"})
        places = {action: statement["Resource"] for statement in statements("SubmitRole") for action in [statement["Action"]] if action == "s3:ListBucket"}
        self.assertEqual(places, {"s3:ListBucket": {"Fn::GetAtt": "DraftsBucket.Arn"}})
        for statement in statements("SubmitRole"):
            if "s3:DeleteObject" in statement["Action"]:
                self.assertEqual(statement["Resource"], {"Fn::Sub": "${DraftsBucket.Arn}/drafts/*"})
        # Putting under a key asks for a data key; Lambda itself decrypts the settings, under another key.
        keys = {json.dumps(statement["Resource"]): statement["Action"] for statement in statements("SubmitRole") if "kms:" in str(statement["Action"])}
        review = json.dumps([{"Fn::GetAtt": "ReviewKey.Arn"}, {"Fn::GetAtt": "ReportKey.Arn"}])
        self.assertEqual(keys, {review: "kms:GenerateDataKey", json.dumps({"Fn::GetAtt": "OperationsKey.Arn"}): "kms:Decrypt"})

    def test_of_the_site_the_function_reads_its_words_and_people_s_own_pages(self):
        reads = [statement for statement in statements("SubmitRole") if "SiteBucket" in json.dumps(statement["Resource"])]
        self.assertEqual({statement["Action"] for statement in reads}, {"s3:GetObject"})
        listed = [resource for statement in reads for resource in (statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]])]
        [words] = re.findall(r'KEY: &str = "([^"]+)"', rust("submit-fn/src/bootstrap/current.rs"))
        [site] = re.findall(r'SITE: &str = "([^"]+)"', rust("submit-fn/src/bootstrap/pages.rs"))
        [people] = re.findall(r'PEOPLE: &str = "/([^"]+)"', rust("crates/schema/src/site/address.rs"))
        keys = [words, f"{site}{people}*/index.html", f"{site}*/{people}*/index.html"]
        self.assertEqual(listed, [{"Fn::Sub": f"${{SiteBucket.Arn}}/{key}"} for key in keys])

    def test_the_publisher_may_do_what_it_does_and_nothing_else(self):
        needed = set()
        for service, file in [("s3", "s3"), ("cloudfront", "cloudfront"), ("cloudfront-keyvaluestore", "keyvalues")]:
            needed |= used(service, [rust(f"crates/publish/src/aws/{file}.rs")])
        # A version is read by a rollback; and without ListBucket, a file that is not there is answered like a refusal.
        needed |= {"s3:GetObjectVersion", "s3:ListBucket"}
        self.assertIn("set_version_id(version", rust("crates/publish/src/aws/s3.rs"))
        self.assertEqual(granted("PublishPolicy", "s3", "cloudfront", "cloudfront-keyvaluestore"), needed)
        self.assertNotIn("ReviewBucket", json.dumps(RESOURCES["PublishPolicy"]))

    def test_editors_and_the_sweeper_may_do_what_they_do_and_nothing_else(self):
        # Without ListBucket, an object that is not there is answered like a refusal; a version asks for a right of its own.
        for policy, methods, more in [
            ("EditorsPolicy", EDITOR_METHODS, {"s3:ListBucket"}),
            ("SweepPolicy", SWEEP_METHODS, {"s3:ListBucket", "s3:DeleteObjectVersion"}),
        ]:
            bodies = reached(methods)
            self.assertEqual(granted(policy, "dynamodb", "s3"), used("dynamodb", bodies) | used("s3", bodies) | more, policy)
        self.assertEqual(granted("ReportReadersPolicy", "dynamodb", "s3"), {"s3:GetObject"})
        self.assertEqual(granted("SweepPolicy", "kms"), {"kms:GenerateDataKey"}, "who deletes opens nothing")

    def test_only_the_function_comes_near_what_somebody_put_down(self):
        for policy in ["EditorsPolicy", "ReportReadersPolicy", "SweepPolicy", "PublishPolicy", "TimekeeperRole"]:
            self.assertNotIn("Drafts", json.dumps(RESOURCES[policy]), policy)
        bucket = RESOURCES["DraftsBucket"]["Properties"]
        self.assertNotIn("VersioningConfiguration", bucket, "a version outlives the click that deletes it")
        [days] = [rule["ExpirationInDays"] for rule in bucket["LifecycleConfiguration"]["Rules"] if rule.get("Prefix") == "drafts/"]
        told = re.search(r"PUT_DOWN_DAYS: i64 = (\d+)", rust("crates/schema/src/submission/retention.rs"))[1]
        self.assertEqual(days, int(told) + 1, "the last day ends later where people live than where the bucket counts")
        self.assertIn('format!("drafts/', rust("submit-fn/src/draft/store.rs"))

    def test_nobody_changes_or_deletes_a_line_of_the_log(self):
        reading = {"dynamodb:GetItem", "dynamodb:Query"}
        for role in ["SubmitRole", "EditorsPolicy", "SweepPolicy"]:
            for statement in statements(role):
                actions = {action for action in statement["Action"] if isinstance(statement["Action"], list)} or {statement["Action"]}
                if not any(action.startswith("dynamodb:") for action in actions) or actions <= reading:
                    continue
                if "CountersTable" in json.dumps(statement["Resource"]):
                    continue
                [keys] = [condition["dynamodb:LeadingKeys"] for condition in statement["Condition"].values()]
                self.assertTrue("LOG" not in keys or (keys, actions) == (["LOG"], {"dynamodb:PutItem"}), (role, statement))

    def test_no_trail_keeps_from_which_network_something_came(self):
        [selector] = RESOURCES["Trail"]["Properties"]["AdvancedEventSelectors"]
        recorded = [field["Equals"] for field in selector["FieldSelectors"] if field["Field"] == "resources.ARN"]
        self.assertNotIn("CountersTable", json.dumps(recorded))
        self.assertIn("CountersTable", json.dumps(RESOURCES["Submit"]["Properties"]["Environment"]["Variables"]["REVIEW_COUNTERS"]))
        # What expires is never a row: whoever may change one could have it deleted.
        self.assertNotIn("TimeToLiveSpecification", RESOURCES["ReviewTable"]["Properties"])
        self.assertNotIn("LIMIT", json.dumps(RESOURCES["SubmitRole"]))

    def test_only_the_sweeper_notes_what_it_saw_of_the_log(self):
        writing = re.compile("dynamodb:(Put|Update|Delete|BatchWrite|PartiQL)")
        by_role = {}
        for role in ["SubmitRole", "EditorsPolicy", "ReportReadersPolicy", "SweepPolicy", "PublishPolicy", "TimekeeperRole"]:
            for statement in statements(role):
                if "SEEN" in json.dumps(statement) and writing.search(json.dumps(statement["Action"])):
                    by_role.setdefault(role, []).append(statement["Action"])
        self.assertEqual(by_role, {"SweepPolicy": ["dynamodb:PutItem"]})

    def test_whoever_writes_a_line_is_recorded_where_no_editor_reaches(self):
        [selector] = RESOURCES["Trail"]["Properties"]["AdvancedEventSelectors"]
        fields = {field["Field"]: field["Equals"] for field in selector["FieldSelectors"]}
        self.assertEqual((fields["resources.ARN"], fields["readOnly"]), ([{"Fn::GetAtt": "ReviewTable.Arn"}], ["false"]))
        self.assertTrue(RESOURCES["TrailBucket"]["Properties"]["ObjectLockEnabled"])
        for policy in ["EditorsPolicy", "ReportReadersPolicy", "SweepPolicy", "PublishPolicy"]:
            self.assertNotIn("Trail", json.dumps(RESOURCES[policy]))

    def test_the_firewall_counts_every_request_and_blocks_none_by_its_body(self):
        rules = {rule["Name"]: rule for rule in RESOURCES["WebFirewall"]["Properties"]["Rules"]}
        everything = rules["too-many-requests"]["Statement"]["RateBasedStatement"]
        self.assertNotIn("ScopeDownStatement", everything)
        self.assertGreater(everything["Limit"], rules["too-many-forms"]["Statement"]["RateBasedStatement"]["Limit"])
        overrides = rules["common"]["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]
        counted = {rule["Name"] for rule in overrides if rule["ActionToUse"] == {"Count": {}}}
        self.assertEqual(counted, BODY_RULES)

    def test_the_other_name_leads_to_the_site_s_own_and_speaks_for_no_other(self):
        code = RESOURCES["OtherVisit"]["Properties"]["FunctionCode"]["Fn::Sub"]
        self.assertIn("'https://${DomainName}' + event.request.uri", code)
        self.assertNotIn("includeSubDomains", code)
        others = [name for name, resource in RESOURCES.items() if name.startswith("Other")]
        self.assertTrue(others and all(RESOURCES[name]["Condition"] == "HasOther" for name in others))

    def test_no_action_is_a_wildcard(self):
        for role in ["SubmitRole", "PublishPolicy", "EditorsPolicy", "ReportReadersPolicy", "SweepPolicy"]:
            self.assertNotIn("*", "".join(granted(role, "dynamodb", "s3", "kms", "logs", "cloudfront", "cloudfront-keyvaluestore")))

    def test_the_function_is_given_the_names_that_the_code_reads(self):
        given = set(RESOURCES["Submit"]["Properties"]["Environment"]["Variables"])
        read_by_store = set(re.findall(r'(?:needed|given)\("([A-Z_]+)"\)', rust("crates/review/src/cloud/settings.rs")))
        own = {name for name in read_by_store if not name.startswith("AWS_")}
        sources = "\n".join(path.read_text() for path in sorted((project / "submit-fn/src").rglob("*.rs")))
        read_by_function = set(re.findall(r'"((?:SEAL|ORIGIN|LOG|BUNDLE|DRAFTS)_[A-Z]+)"', sources))
        self.assertEqual(given, own | read_by_function)

    def test_every_header_that_the_function_reads_is_passed_on(self):
        sources = "\n".join(path.read_text() for path in sorted((project / "submit-fn/src").rglob("*.rs")))
        asked = set(re.findall(r'header\(request, "([a-z-]+)"\)', sources)) | {re.search(r'ADDRESS_HEADER: &str = "([a-z-]+)"', sources)[1], "content-type"}
        # CloudFront itself sets the host, and only the preview looks at it.
        asked -= {"host"}
        passed = RESOURCES["FormRequests"]["Properties"]["OriginRequestPolicyConfig"]["HeadersConfig"]["Headers"]
        self.assertEqual({name.lower() for name in passed}, asked)

    def test_the_publisher_reads_the_names_that_the_stack_gives(self):
        outputs = {output["Description"].split(" ")[0] for output in read()["Outputs"].values()}
        arguments = set(re.findall(r'env = "(SITE_[A-Z_]+)"', rust("generator/src/commands/cloud/target.rs")))
        self.assertEqual({name for name in outputs if name.startswith("SITE_")}, arguments)

    def test_a_page_of_the_edge_hides_none_of_the_function_s_own(self):
        responses = RESOURCES["Distribution"]["Properties"]["DistributionConfig"]["CustomErrorResponses"]
        self.assertEqual([response["ErrorCode"] for response in responses], [404, 502, 503, 504])
        sources = "\n".join(path.read_text() for path in sorted((project / "submit-fn/src").rglob("*.rs")))
        for status in ["BAD_GATEWAY", "SERVICE_UNAVAILABLE", "GATEWAY_TIMEOUT"]:
            self.assertNotIn(f"StatusCode::{status}", sources)
        pages = rust("crates/site/src/pages/notice.rs")
        for response in responses:
            self.assertIn(f'"{response["ResponsePagePath"]}"', pages)

    def test_the_edge_function_keeps_to_what_its_runtime_knows(self):
        source = rust("infra/functions/visit.js")
        code = "\n".join(line.split("//")[0] if not "'" in line else line for line in source.splitlines())
        for unknown in [r"\bfor \(const", r"\bfor \(let \w+ of", r"\.\.\.", r"\brequire\(", r"\bfetch\(", r"\?\.", r"\?\?", r"\bclass\b", r"(const|let) [\[{]"]:
            self.assertNotRegex(code, unknown)
        self.assertLess(len(source.encode()), 10240)

    def test_the_assembled_template_holds_the_function_that_is_tested(self):
        template = runpy.run_path(str(project / "infra/assemble"))["assemble"]()
        place = project / "target/package/held.yaml"
        place.write_text(template)
        code = read(place)["Resources"]["Visit"]["Properties"]["FunctionCode"]
        self.assertEqual(code.strip(), rust("infra/functions/visit.js").strip())

    def test_every_alarm_is_explained(self):
        guide = rust("infra/README.md")
        for name, resource in RESOURCES.items():
            if resource["Type"] == "AWS::CloudWatch::Alarm":
                self.assertIn(f"`{resource['Properties']['AlarmName']}`", guide, name)

    def test_every_parameter_is_explained(self):
        guide = rust("infra/README.md")
        for name in read()["Parameters"]:
            self.assertIn(f"`{name}`", guide)

    def test_what_is_passed_over_is_passed_over_for_a_reason(self):
        results = json.loads((project / "target/package/checkov.json").read_text())["results"]
        self.assertEqual(results["failed_checks"], [])
        written = re.findall(r"- id: (CKV\w+)\n +comment: (.+)", rust("infra/template.yaml"))
        self.assertEqual(len(results["skipped_checks"]), len(written), "a reason is written for a check that no longer complains")

    def test_the_guide_shows_the_costs_that_are_computed(self):
        computed = runpy.run_path(str(project / "infra/costs"))["table"]()
        self.assertIn(computed.strip(), rust("infra/README.md"))
        alarms = sum(resource["Type"] == "AWS::CloudWatch::Alarm" for resource in RESOURCES.values())
        self.assertEqual(alarms, runpy.run_path(str(project / "infra/costs"))["ALARMS"])

    def test_every_number_of_an_alarm_is_counted_by_somebody(self):
        counted = set(re.findall(r'=> \("(\w+)"', rust("submit-fn/src/measure.rs")))
        counted.update(re.findall(r'metric\("(\w+)"', rust("crates/timekeeper/src/turn.rs")))
        for resource in RESOURCES.values():
            if resource["Type"] == "AWS::Logs::MetricFilter":
                counted.update(made["MetricName"] for made in resource["Properties"]["MetricTransformations"])
        counted.update(re.findall(r"--metric-name (\w+)", rust("infra/README.md")))
        asked = {resource["Properties"]["MetricName"] for resource in RESOURCES.values() if resource["Properties"].get("Namespace") == "InsideOut"}
        self.assertEqual(asked - counted, set())
        self.assertLessEqual({"Flooded", "OldestUrgent", "TurnedAway", "StoreDown", "LimiterDown"}, asked)

    def test_what_the_gateway_answers_itself_is_told_by_fields_of_its_log(self):
        written = json.loads(RESOURCES["Forms"]["Properties"]["AccessLogSettings"]["Format"])
        asked = re.findall(r"\$\.(\w+)", RESOURCES["Turned"]["Properties"]["FilterPattern"])
        self.assertEqual(set(asked) - set(written), set())

    def test_the_bell_rings_where_the_store_puts_its_notes(self):
        [announced] = RESOURCES["ReviewBucket"]["Properties"]["NotificationConfiguration"]["TopicConfigurations"]
        rules = {rule["Name"]: rule["Value"] for rule in announced["Filter"]["S3Key"]["Rules"]}
        note = re.search(r'"([a-z]+/)\{\}(\.json)"', rust("crates/schema/src/submission/row.rs"))
        self.assertEqual((rules["prefix"], rules["suffix"]), (note[1], note[2]))
        # An alarm that stays says nothing more: that urgent ones wait is told by a note of each hour, by the same way.
        digests = re.findall(r'format!\("([^"]*\{\}[^"]*)", hour\(moment\)\)', rust("crates/schema/src/submission/digest.rs"))
        self.assertEqual([(key.startswith(note[1]), key.endswith(note[2])) for key in digests], [(True, True)] * 2)
        for role in ["SubmitRole", "SweepPolicy"]:
            puts = [statement for statement in statements(role) if "s3:PutObject" in statement["Action"]]
            self.assertIn(f"/{note[1]}*", json.dumps(puts), role)

    def test_the_guide_s_timer_reads_what_the_sweep_says(self):
        words = re.search(r"awk '/\^([^/]+):/ \{print \$3\}'", rust("infra/README.md"))[1]
        self.assertIn(f'"{words}: {{hours}} hours"', rust("generator/src/commands/review/sweep.rs"))

    def test_only_readers_of_reports_open_them(self):
        for policy in ["EditorsPolicy", "PublishPolicy"]:
            held = json.dumps(RESOURCES[policy])
            self.assertNotIn("ReportKey", held, policy)
            self.assertNotIn("/reports/*", held, policy)
        keys = [statement["Resource"] for statement in statements("ReportReadersPolicy") if "kms:Decrypt" in statement["Action"]]
        self.assertEqual(keys, [{"Fn::GetAtt": "ReportKey.Arn"}])

    def test_no_log_names_a_visitor(self):
        written = RESOURCES["Forms"]["Properties"]["AccessLogSettings"]["Format"]
        self.assertNotRegex(written, r"identity|sourceIp|userAgent|path|authorizer")
        self.assertNotIn("Logging", RESOURCES["Distribution"]["Properties"]["DistributionConfig"])
        self.assertNotIn("LoggingConfiguration", RESOURCES["SiteBucket"]["Properties"])
        kinds = {resource["Type"] for resource in RESOURCES.values()}
        self.assertEqual({kind for kind in kinds if "RealtimeLog" in kind or kind == "AWS::WAFv2::LoggingConfiguration"}, set())


if __name__ == "__main__":
    unittest.main()
