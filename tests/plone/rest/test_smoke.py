def test_it(client, letter, functional_office):
    vanthu = client("vanthu")
    answer = vanthu.post("/@incoming", json=letter)
    print(answer.status_code, answer.headers, answer.text)
    uid = answer.json()["uid"]
    print(vanthu.get(f"/@documents/{uid}").text)
    print(client("").get(f"/@documents/{uid}").text)
    print(client("vanthu.xa").get(f"/@documents/{uid}").text)
    print(client("vanthu.xa").get(f"/@nothing").text)
    print(vanthu.get("/@openapi").text[:3000])
    assert 0
